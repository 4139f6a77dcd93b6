import Testing
import WebSocketWire

@Suite("FrameParser: the size of messages")
struct FrameParserLimitTests {
    @Test(
        "a message exactly at the limit is accepted, one above is not", arguments: [0, 1, 125, 126, 200],
        [Role.server, .client])
    func wholeMessage(limitBytes: Int, role: Role) {
        let payload = { (count: Int) in [UInt8](repeating: 3, count: count) }
        let fitting = TestFrame.wire([TestFrame(.binary, payload(limitBytes))], to: role)
        let tooBig = TestFrame.wire([TestFrame(.binary, payload(limitBytes + 1))], to: role)
        let accepted = FrameTranscript(everySplitOf: fitting, role: role, maximumMessageBytes: limitBytes)
        #expect(accepted.entries == [.message(.binary, payload(limitBytes))])
        let refused = FrameTranscript(everySplitOf: tooBig, role: role, maximumMessageBytes: limitBytes)
        #expect(refused.entries.isEmpty)
        #expect(refused.violation == .messageTooBig(limitBytes: limitBytes))
    }

    @Test("the fragments of a message count together")
    func fragments() {
        let frames = { (lastBytes: Int) in
            TestFrame.wire(
                [
                    TestFrame(.binary, [1, 2, 3], fin: false),
                    TestFrame(.ping, [UInt8](repeating: 0, count: 100)),
                    TestFrame(.continuation, [4, 5, 6], fin: false),
                    TestFrame(.continuation, [UInt8](repeating: 7, count: lastBytes)),
                ], to: .server)
        }
        let accepted = FrameTranscript(everySplitOf: frames(4), role: .server, maximumMessageBytes: 10)
        #expect(accepted.entries.last == .message(.binary, [1, 2, 3, 4, 5, 6, 7, 7, 7, 7]))
        let refused = FrameTranscript(everySplitOf: frames(5), role: .server, maximumMessageBytes: 10)
        #expect(refused.violation == .messageTooBig(limitBytes: 10))
    }

    @Test("each message has the whole limit to itself")
    func limitIsPerMessage() {
        let frame = TestFrame(.binary, [1, 2, 3, 4])
        let wire = TestFrame.wire([frame, frame, frame], to: .client)
        let transcript = FrameTranscript(everySplitOf: wire, role: .client, maximumMessageBytes: 4)
        #expect(transcript.entries.count == 3)
    }

    @Test("a length is refused with the header, before any payload came")
    func headerAlone() {
        let header: [UInt8] = [0x82, 127, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
        let transcript = FrameTranscript(everySplitOf: header, role: .client, maximumMessageBytes: 1000)
        #expect(transcript.violation == .messageTooBig(limitBytes: 1000))
    }

    @Test("huge fragments do not overflow the sum")
    func overflow() {
        let huge: [UInt8] = [0x80, 127, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
        let transcript = FrameTranscript(
            everySplitOf: [0x02, 1, 0xAA] + huge, role: .client, maximumMessageBytes: Int.max)
        #expect(transcript.violation == .messageTooBig(limitBytes: Int.max))
    }
}
