import Glibc
import Logging
import Recording
import Transport

/// Writes log lines to standard error. Nobody waits for whoever reads them: what does not fit into a queue is dropped,
/// and how much that was is said.
package struct StandardErrorLog: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private static let queueLimitBytes = 1 << 20
    /// When the process ends.
    private static let patienceNanoseconds: UInt64 = 1_000_000_000

    private let format: LogFormat
    private let writer: LogWriter

    /// - Throws: where the system has no more threads to give.
    package init(level: Logger.Level, format: LogFormat) throws(SystemError) {
        logLevel = level
        self.format = format
        writer = try LogWriter(descriptor: STDERR_FILENO, limitBytes: Self.queueLimitBytes) { count in
            Self.line(level: .warning, message: "\(count) log lines were dropped", format: format)
        }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        writer.write(Self.line(level: event.level, message: event.message.description, format: format))
    }

    /// Takes no more lines. Those that were logged are written when it returns, unless they were not read in a second.
    package func close() { writer.close(withinNanoseconds: Self.patienceNanoseconds) }

    private static func line(level: Logger.Level, message: String, format: LogFormat) -> [UInt8] {
        line(
            time: WallClock.iso8601(millisecondsSinceEpoch: WallClock.millisecondsSinceEpoch()), level: level,
            message: message, format: format)
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
