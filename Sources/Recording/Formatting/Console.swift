import Glibc

/// Standard output and standard error, written whole and at once.
package enum Console {
    package static func print(_ text: String) { write(text, to: STDOUT_FILENO) }

    package static func printError(_ text: String) { write(text, to: STDERR_FILENO) }

    /// Whether people are looking at standard error, rather than a file or a pipe.
    package static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            // A reader that has gone away wants no more output.
            guard count > 0 else { return }
            written += count
        }
    }
}
