import Testing
import WebSocketWire

@Suite("FrameParser: payload that somebody else drops from the stream")
struct FrameParserSkipTests {
    private static let payloadBytes = 100_000

    private func frame(_ opcode: UInt8 = 0x82) -> [UInt8] {
        [opcode, 127, 0, 0, 0, 0, 0, 1, 0x86, 0xA0] + [UInt8](repeating: 0x41, count: Self.payloadBytes)
    }

    private func parse(_ parser: inout FrameParser, _ bytes: [UInt8]) throws -> FrameEvent? {
        var bytes = bytes
        var offset = 0
        return try bytes.withUnsafeMutableBytes { try parser.next(in: $0, at: &offset) }
    }

    @Test("all but the last byte of what is to come may be left out; the message then ends as ever")
    func skip() throws {
        var parser = FrameParser(role: .client, maximumMessageBytes: 1 << 20)
        let frame = frame()
        guard case .part(.binary, let first, true, false, _) = try parse(&parser, Array(frame[..<58])) else {
            Issue.record("the message's beginning is no part")
            return
        }
        #expect(first.count == 48)
        #expect(parser.skippablePayloadBytes == Self.payloadBytes - 48 - 1)
        parser.skip(parser.skippablePayloadBytes)
        #expect(parser.skippablePayloadBytes == 0)
        let next: [UInt8] = [0x41, 0x82, 0x01, 0x07]
        var rest = next
        var offset = 0
        try rest.withUnsafeMutableBytes { rest in
            guard case .part(.binary, 0..<1, false, true, _) = try parser.next(in: rest, at: &offset) else {
                Issue.record("the last byte does not end the message")
                return
            }
            #expect(try parser.next(in: rest, at: &offset) == .message(.binary, payload: 3..<4, isCompressed: false))
        }
    }

    @Test("nothing may be left out of text, which is validated, nor between frames")
    func notSkippable() throws {
        var parser = FrameParser(role: .client, maximumMessageBytes: 1 << 20)
        #expect(parser.skippablePayloadBytes == 0)
        _ = try parse(&parser, Array(frame(0x81)[..<58]))
        #expect(parser.skippablePayloadBytes == 0)
    }
}
