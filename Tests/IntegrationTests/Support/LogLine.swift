import FoundationEssentials

/// A line that the server has logged, in either format.
struct LogLine: Decodable {
    let time: String
    let level: String
    let message: String

    /// Nil for a line that is not as `--log-format json` writes it.
    init?(json line: Substring) {
        guard let parsed = try? JSONDecoder().decode(LogLine.self, from: Data(line.utf8)) else { return nil }
        self = parsed
    }

    /// Nil for a line that is not as `--log-format text` writes it.
    init?(text line: Substring) {
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3 else { return nil }
        (time, level, message) = (words[0], words[1], words[2])
    }

    /// As in `2026-02-03T04:05:06.789Z`.
    var hasTime: Bool { time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil }
}
