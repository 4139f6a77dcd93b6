import Glibc

/// What the whole machine has used since it started, as of one moment.
package struct SystemFigures: Hashable, Sendable {
    /// Nanoseconds, over all cores, in which the hypervisor ran something else although a core was wanted.
    package var stealNanoseconds: UInt64
    /// Nanoseconds over all cores and states: idle and steal included, so that a share of it can be given.
    package var totalCPUNanoseconds: UInt64
    /// Memory that the kernel holds for TCP sockets, in bytes; nil where it does not say.
    package var tcpMemoryBytes: UInt64?

    /// The figures now, or nil where `/proc/stat` cannot be read.
    package static func current() -> Self? {
        guard let stat = ProcFile.text("/proc/stat") else { return nil }
        return Self(
            stat: stat, sockstat: ProcFile.text("/proc/net/sockstat") ?? "",
            ticksPerSecond: UInt64(sysconf(Int32(_SC_CLK_TCK))),
            pageBytes: UInt64(sysconf(Int32(_SC_PAGESIZE))))
    }

    /// Only the first of the figures, for when it is read often; nil where `/proc/stat` cannot be read.
    package static func stealNanoseconds() -> UInt64? {
        ProcFile.text("/proc/stat").flatMap { stat in
            Self(stat: stat, sockstat: "", ticksPerSecond: UInt64(sysconf(Int32(_SC_CLK_TCK))), pageBytes: 1)?
                .stealNanoseconds
        }
    }

    /// From the text of `/proc/stat` and `/proc/net/sockstat`; nil when the first does not hold the line of
    /// all cores with its steal time (proc_stat(5), Linux 2.6.11 and later).
    ///
    /// The fields of that line are ticks: user, nice, system, idle, iowait, irq, softirq, steal, then guest
    /// times, which user and nice contain already.
    package init?(stat: String, sockstat: String, ticksPerSecond: UInt64, pageBytes: UInt64) {
        guard let line = Self.fields(ofLine: "cpu", in: stat), ticksPerSecond > 0 else { return nil }
        let ticks = line.prefix(8).compactMap { UInt64($0) }
        guard ticks.count == 8 else { return nil }
        let tickNanoseconds = 1_000_000_000 / ticksPerSecond
        stealNanoseconds = ticks[7] &* tickNanoseconds
        totalCPUNanoseconds = ticks.reduce(0, &+) &* tickNanoseconds
        tcpMemoryBytes = Self.tcpMemoryPages(sockstat: sockstat).map { $0 &* pageBytes }
    }

    /// The figure after the word `mem` in the line `TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 49`.
    private static func tcpMemoryPages(sockstat: String) -> UInt64? {
        guard let line = fields(ofLine: "TCP:", in: sockstat), let word = line.firstIndex(of: "mem") else {
            return nil
        }
        let index = line.index(after: word)
        return index < line.endIndex ? UInt64(line[index]) : nil
    }

    private static func fields(ofLine name: String, in text: String) -> ArraySlice<Substring>? {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            if let first = fields.first, first == name { return fields.dropFirst() }
        }
        return nil
    }
}
