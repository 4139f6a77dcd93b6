import Testing
import WebSocketWire

@Suite("FrameParser: text is UTF-8, RFC 6455 §8.1")
struct FrameParserTextTests {
    @Test("characters may be split by fragments and inputs", arguments: ["é", "語", "😀", "a\u{0}é語😀z"])
    func splitCharacters(text: String) {
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            let wire = TestFrame.wire(
                [
                    TestFrame(.text, Array(bytes[..<cut]), fin: false), TestFrame(.ping),
                    TestFrame(.continuation, Array(bytes[cut...])),
                ], to: .server)
            let transcript = FrameTranscript(everySplitOf: wire, role: .server)
            #expect(transcript.entries == [.ping([]), .text(text)])
        }
    }

    @Test(
        "text that is not UTF-8 is refused",
        arguments: [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x61, 0xE8, 0xAA], [0xF4, 0x90, 0x80, 0x80],
        ] as [[UInt8]],
        [Role.server, .client])
    func invalid(payload: [UInt8], role: Role) {
        let wire = TestFrame.wire([TestFrame(.text, payload)], to: role)
        #expect(FrameTranscript(everySplitOf: wire, role: role).violation == .invalidUTF8)
    }

    @Test("text that ends within a character is refused when its last fragment is empty")
    func truncatedBeforeEmptyFragment() {
        let wire = TestFrame.wire(
            [TestFrame(.text, [0xE8, 0xAA], fin: false), TestFrame(.continuation)], to: .client)
        #expect(FrameTranscript(everySplitOf: wire, role: .client).violation == .invalidUTF8)
    }

    @Test("text is refused at the first impossible byte, before the frame ends")
    func failFast() {
        let wire: [UInt8] = [0x81, 100, 0x61, 0xF4, 0x90]
        #expect(FrameTranscript(pieces: [wire], role: .client).violation == .invalidUTF8)
        #expect(FrameTranscript(pieces: [wire.dropLast()], role: .client).violation == nil)
    }

    @Test("a message's text does not depend on the one before")
    func validatorIsReset() {
        let wire = TestFrame.wire(
            [
                TestFrame(.text, "é", fin: false), TestFrame(.continuation, "!"),
                TestFrame(.binary, [0xE8], fin: false), TestFrame(.continuation), TestFrame(.text, "語"),
            ], to: .client)
        let transcript = FrameTranscript(everySplitOf: wire, role: .client)
        #expect(transcript.entries == [.text("é!"), .message(.binary, [0xE8]), .text("語")])
    }
}
