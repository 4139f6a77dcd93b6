import Glibc

/// The end of what a program has written to a file.
enum LogTail {
    /// Only so much of the end is looked at.
    private static let tailBytes = 1 << 16
    private static let lineCharacters = 300

    /// The last line that is more than white space, without control characters and cut where it is long; empty where there
    /// is none.
    static func lastLine(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        let size = lseek(descriptor, 0, SEEK_END)
        var bytes = [UInt8](repeating: 0, count: tailBytes)
        let count = pread(descriptor, &bytes, bytes.count, max(0, size - off_t(tailBytes)))
        return lastLine(in: String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
    }

    static func lastLine(in text: String) -> String {
        for line in text.split(whereSeparator: \.isNewline).reversed() {
            let scalars = withoutColors(line).unicodeScalars.filter {
                $0 == "\t" || $0.properties.generalCategory != .control
            }
            let words = String(String.UnicodeScalarView(scalars)).split(whereSeparator: \.isWhitespace)
            if !words.isEmpty { return String(words.joined(separator: " ").prefix(lineCharacters)) }
        }
        return ""
    }

    /// Compilers color even what goes to a file, where they are told to: ESC [ digits and semicolons, a letter.
    private static func withoutColors(_ line: Substring) -> String {
        var parts = line.split(separator: "\u{1b}[", omittingEmptySubsequences: false)[...]
        let first = parts.popFirst() ?? ""
        return first + parts.map { $0.drop { $0.isNumber || $0 == ";" }.dropFirst() }.joined()
    }
}
