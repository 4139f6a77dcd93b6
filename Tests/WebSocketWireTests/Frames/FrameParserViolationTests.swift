import Testing
import WebSocketWire

@Suite("FrameParser: what RFC 6455 forbids")
struct FrameParserViolationTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let wire: [UInt8]
        let violation: ProtocolViolation
        var role = Role.client
        var allowsCompression = false

        init(
            _ description: String, _ wire: [UInt8], _ violation: ProtocolViolation, role: Role = .client,
            allowsCompression: Bool = false
        ) {
            testDescription = description
            self.wire = wire
            self.violation = violation
            self.role = role
            self.allowsCompression = allowsCompression
        }
    }

    static let headers: [Case] = [
        Case("RSV1 without an extension", [0xC1, 0], .reservedBits),
        Case("RSV2", [0xA1, 0], .reservedBits),
        Case("RSV3", [0x91, 0], .reservedBits),
        Case("RSV2 with compression", [0xE1, 0], .reservedBits, allowsCompression: true),
        Case("RSV3 with compression", [0xD1, 0], .reservedBits, allowsCompression: true),
        Case("RSV1 on a ping", [0xC9, 0], .reservedBits, allowsCompression: true),
        Case("RSV1 on a close", [0xC8, 0], .reservedBits, allowsCompression: true),
        Case("RSV1 on a continuation", [0x41, 0, 0xC0, 0], .reservedBits, allowsCompression: true),
        Case("opcode 3", [0x83, 0], .unknownOpcode(3)),
        Case("opcode 7", [0x87, 0], .unknownOpcode(7)),
        Case("opcode 11", [0x8B, 0], .unknownOpcode(11)),
        Case("opcode 15", [0x8F, 0], .unknownOpcode(15)),
        Case("a fragmented ping", [0x09, 0], .fragmentedControlFrame),
        Case("a fragmented pong", [0x0A, 0], .fragmentedControlFrame),
        Case("a fragmented close", [0x08, 0], .fragmentedControlFrame),
        Case("a ping of 126 bytes", [0x89, 126, 0, 126], .oversizedControlFrame),
        Case("a close with a 64-bit length", [0x88, 127, 0, 0, 0, 0, 0, 0, 0, 1], .oversizedControlFrame),
        Case("an unmasked text to a server", [0x81, 1, 0x41], .unmaskedFrame, role: .server),
        Case("an unmasked ping to a server", [0x89, 0], .unmaskedFrame, role: .server),
        Case("a masked text to a client", [0x81, 0x81, 0, 0, 0, 0, 0x41], .maskedFrame),
        Case("125 in 16 bits", [0x82, 126, 0, 125], .nonMinimalLength),
        Case("0 in 16 bits", [0x82, 126, 0, 0], .nonMinimalLength),
        Case("65535 in 64 bits", [0x82, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], .nonMinimalLength),
        Case("5 in 64 bits", [0x82, 127, 0, 0, 0, 0, 0, 0, 0, 5], .nonMinimalLength),
        Case("the top bit of 64", [0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0], .lengthOutOfRange),
        Case("all of 64 bits", [0x82, 127] + [UInt8](repeating: 0xFF, count: 8), .lengthOutOfRange),
        Case("a continuation of nothing", [0x80, 1, 0x41], .unexpectedContinuation),
        Case("a continuation after a message's end", [0x81, 0, 0x80, 0], .unexpectedContinuation),
        Case("a second continuation end", [0x01, 0, 0x80, 0, 0x80, 0], .unexpectedContinuation),
        Case("text within a text", [0x01, 1, 0x41, 0x81, 1, 0x42], .interleavedDataFrame),
        Case("binary within a text", [0x01, 0, 0x82, 1, 0x42], .interleavedDataFrame),
    ]

    static let closes: [Case] = [
        Case("a close of one byte", [0x88, 1, 3], .closePayloadOfOneByte),
        Case("a close with 999", [0x88, 2, 0x03, 0xE7], .invalidCloseCode(999)),
        Case("a close with 1005", [0x88, 2, 0x03, 0xED], .invalidCloseCode(1005)),
        Case("a close with 1006", [0x88, 2, 0x03, 0xEE], .invalidCloseCode(1006)),
        Case("a close with 1015", [0x88, 2, 0x03, 0xF7], .invalidCloseCode(1015)),
        Case("a close with a bad reason", [0x88, 3, 0x03, 0xE8, 0xFF], .invalidCloseReason),
        Case("a close with a truncated reason", [0x88, 4, 0x03, 0xE8, 0xE8, 0xAA], .invalidCloseReason),
    ]

    @Test("a violation is found, however the input is split", arguments: headers + closes)
    func violation(of testCase: Case) {
        let transcript = FrameTranscript(
            everySplitOf: testCase.wire, role: testCase.role, allowsCompression: testCase.allowsCompression)
        #expect(transcript.violation == testCase.violation)
        #expect(!transcript.isAtMessageBoundary)
    }

    @Test("messages before a violation are handed out")
    func messagesBefore() {
        let transcript = FrameTranscript(everySplitOf: [0x81, 1, 0x41, 0x83, 0], role: .client)
        #expect(transcript.entries == [.text("A")])
        #expect(transcript.violation == .unknownOpcode(3))
    }

    @Test("after a violation nothing more is read")
    func afterViolation() throws {
        var wire: [UInt8] = [0x83, 0, 0x81, 0]
        var parser = FrameParser(role: .client, maximumMessageBytes: 10)
        try wire.withUnsafeMutableBytes { input in
            var offset = 0
            #expect(throws: ProtocolViolation.unknownOpcode(3)) {
                _ = try parser.next(in: input, at: &offset)
            }
            let event = try parser.next(in: input, at: &offset)
            #expect(event == nil)
            #expect(offset == input.count)
        }
    }

    @Test("an empty buffer is no input", arguments: [Role.server, .client])
    func emptyInput(role: Role) throws {
        var parser = FrameParser(role: role, maximumMessageBytes: 10)
        var offset = 0
        let event = try parser.next(in: UnsafeMutableRawBufferPointer(start: nil, count: 0), at: &offset)
        #expect(event == nil)
    }
}
