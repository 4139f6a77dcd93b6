import Testing
import WebSocketWire

@Suite("ProtocolViolation")
struct ProtocolViolationTests {
    @Test("each violation names its close code")
    func closeCodes() {
        #expect(ProtocolViolation.messageTooBig(limitBytes: 5).closeCode == .messageTooBig)
        #expect(ProtocolViolation.invalidUTF8.closeCode == .invalidPayload)
        #expect(ProtocolViolation.invalidCloseReason.closeCode == .invalidPayload)
        #expect(ProtocolViolation.damagedCompression.closeCode == .invalidPayload)
        #expect(ProtocolViolation.reservedBits.closeCode == .protocolError)
        #expect(ProtocolViolation.invalidCloseCode(1005).closeCode == .protocolError)
    }

    @Test("details are one sentence with the figures in question")
    func details() {
        #expect(ProtocolViolation.messageTooBig(limitBytes: 1024).details.contains("1024"))
        #expect("\(ProtocolViolation.unknownOpcode(11))".contains("11"))
        #expect("\(ProtocolViolation.invalidCloseCode(1006))".contains("1006"))
    }
}
