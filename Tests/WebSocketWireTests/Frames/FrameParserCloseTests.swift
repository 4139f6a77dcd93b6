import Testing
import WebSocketWire

@Suite("FrameParser: closing, RFC 6455 §5.5.1 and §7")
struct FrameParserCloseTests {
    @Test("a close without a payload has no status", arguments: [Role.server, .client])
    func empty(role: Role) {
        let transcript = FrameTranscript(
            everySplitOf: TestFrame.wire([TestFrame(.close)], to: role), role: role)
        #expect(transcript.entries == [.close(.noStatus, reason: "")])
    }

    @Test("a close's code and reason are handed out", arguments: [Role.server, .client])
    func codeAndReason(role: Role) {
        let payload = FrameWriter.closePayload(.goingAway, reason: "à bientôt")
        let wire = TestFrame.wire([TestFrame(.close, payload)], to: role)
        let transcript = FrameTranscript(everySplitOf: wire, role: role)
        #expect(transcript.entries == [.close(.goingAway, reason: "à bientôt")])
    }

    @Test("codes for libraries and applications are accepted", arguments: [1012, 1013, 1014, 3000, 4999])
    func otherCodes(code: UInt16) {
        let code = CloseCode(rawValue: code)
        let wire = TestFrame.wire(
            [TestFrame(.close, FrameWriter.closePayload(code, reason: ""))], to: .server)
        #expect(FrameTranscript(everySplitOf: wire, role: .server).entries == [.close(code, reason: "")])
    }

    @Test("a reason may be 123 bytes long")
    func longestReason() {
        let reason = String(repeating: "r", count: 123)
        let wire = TestFrame.wire(
            [TestFrame(.close, FrameWriter.closePayload(.normal, reason: reason))], to: .client)
        #expect(
            FrameTranscript(everySplitOf: wire, role: .client).entries == [.close(.normal, reason: reason)])
    }

    @Test("what follows a close is not read")
    func afterClose() {
        let wire = TestFrame.wire(
            [TestFrame(.close), TestFrame(.text, "late"), TestFrame(.ping)], to: .server)
        #expect(
            FrameTranscript(everySplitOf: wire + [0xFF], role: .server).entries == [
                .close(.noStatus, reason: "")
            ])
    }

    @Test("a close within a fragmented message is handed out, the message is not")
    func closeWithinMessage() {
        let wire = TestFrame.wire([TestFrame(.text, "begun", fin: false), TestFrame(.close)], to: .server)
        #expect(FrameTranscript(everySplitOf: wire, role: .server).entries == [.close(.noStatus, reason: "")])
    }
}
