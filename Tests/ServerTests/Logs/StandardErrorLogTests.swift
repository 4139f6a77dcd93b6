import FoundationEssentials
import Testing

@testable import Server

@Suite("StandardErrorLog")
struct StandardErrorLogTests {
    @Test("a text line is time, level and message")
    func text() {
        let line = StandardErrorLog.line(
            time: "2026-01-02T03:04:05.678Z", level: .warning, message: "two words", format: .text)
        #expect(String(decoding: line, as: UTF8.self) == "2026-01-02T03:04:05.678Z warning two words\n")
    }

    @Test("a text line is one line, whatever the message")
    func controlCharacters() {
        let line = StandardErrorLog.line(
            time: "t", level: .error, message: "a\r\nt info forged\u{1b}[2J\u{7f}é", format: .text)
        #expect(String(decoding: line, as: UTF8.self) == "t error a  t info forged [2J é\n")
    }

    @Test(
        "a JSON line is one object on one line, whatever the message",
        arguments: ["plain", "a \"b\"\nc", "\u{1b}[0m é"])
    func json(message: String) throws {
        let line = StandardErrorLog.line(time: "t", level: .info, message: message, format: .json)
        #expect(line.last == UInt8(ascii: "\n"))
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
        let fields = try JSONDecoder().decode([String: String].self, from: Data(line))
        #expect(fields == ["time": "t", "level": "info", "message": message])
    }
}
