import Glibc
import Logging
import Recording

/// Writes log lines to standard error, one `write(2)` each, so that lines of several threads never mix.
package struct StandardErrorLog: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let format: LogFormat

    package init(level: Logger.Level, format: LogFormat) {
        logLevel = level
        self.format = format
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let line = Self.line(
            time: WallClock.iso8601(millisecondsSinceEpoch: WallClock.millisecondsSinceEpoch()),
            level: event.level, message: event.message.description, format: format)
        // A log that cannot be written has nobody to be told.
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    static func line(time: String, level: Logger.Level, message: String, format: LogFormat) -> [UInt8] {
        switch format {
        case .text:
            return Array("\(time) \(level.rawValue) \(oneLine(message))\n".utf8)
        case .json:
            var json = JSONWriter()
            json.object { json in
                json.field("time", time)
                json.field("level", level.rawValue)
                json.field("message", message)
            }
            return json.bytes + [UInt8(ascii: "\n")]
        }
    }

    /// What a peer has said must not look like another line, nor move a terminal's cursor.
    private static func oneLine(_ message: String) -> String {
        guard message.utf8.contains(where: isControl) else { return message }
        return String(decoding: message.utf8.map { isControl($0) ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }

    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7f }
}
