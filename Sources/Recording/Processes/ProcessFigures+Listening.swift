extension ProcessFigures {
    /// The process that accepts connections on a local TCP port, the caller's own included.
    ///
    /// Where several hold such a socket (a parent and the workers it forked, or `SO_REUSEPORT`), it is the
    /// one with the lowest id, which is as a rule the parent, so that its figures include the others'. Only
    /// processes whose descriptors the caller may look at are found.
    ///
    /// - Complexity: the number of the machine's sockets and open descriptors; for once a run.
    package static func listening(onPort port: UInt16) -> Int32? {
        var links: Set<String> = []
        for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
            for inode in listeningInodes(inTable: ProcFile.text(table) ?? "", port: port) {
                links.insert("socket:[\(inode)]")
            }
        }
        guard !links.isEmpty else { return nil }
        return (ProcFile.numbers("/proc") ?? []).sorted().first { pid in
            (ProcFile.numbers("/proc/\(pid)/fd") ?? []).contains { descriptor in
                ProcFile.linkTarget("/proc/\(pid)/fd/\(descriptor)").map(links.contains) ?? false
            }
        }
    }

    /// The inodes of the sockets in state LISTEN on the port, from the text of `/proc/net/tcp` or `tcp6`.
    ///
    /// A line reads `sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode …` with
    /// addresses as `HEX:HEXPORT` (Documentation/networking/proc_net_tcp.rst of the kernel).
    static func listeningInodes(inTable text: String, port: UInt16) -> [UInt64] {
        let listenState = "0A"
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count >= 10, fields[3] == listenState, let colon = fields[1].lastIndex(of: ":"),
                UInt16(fields[1][fields[1].index(after: colon)...], radix: 16) == port
            else { return nil }
            return UInt64(fields[9])
        }
    }
}
