import Testing
import WebSocketWire

@Suite("FrameParser: frames and fragmentation, RFC 6455 §5")
struct FrameParserTests {
    @Test("a single-frame unmasked text message (§5.7)")
    func unmaskedText() {
        let transcript = FrameTranscript(
            everySplitOf: [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F], role: .client)
        #expect(transcript.entries == [.text("Hello")])
        #expect(transcript.isAtMessageBoundary)
    }

    @Test("a single-frame masked text message (§5.7)")
    func maskedText() {
        let transcript = FrameTranscript(
            everySplitOf: [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58], role: .server)
        #expect(transcript.entries == [.text("Hello")])
    }

    @Test("a fragmented unmasked text message (§5.7)")
    func fragmentedText() {
        let transcript = FrameTranscript(
            everySplitOf: [0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F], role: .client)
        #expect(transcript.entries == [.text("Hello")])
    }

    @Test("an unmasked ping and the masked pong to it (§5.7)")
    func pingAndPong() {
        let ping: [UInt8] = [0x89, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]
        let pong: [UInt8] = [0x8A, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
        #expect(FrameTranscript(everySplitOf: ping, role: .client).entries == [.ping(Array("Hello".utf8))])
        #expect(FrameTranscript(everySplitOf: pong, role: .server).entries == [.pong(Array("Hello".utf8))])
    }

    @Test("binary messages of 256 bytes and 64 KiB (§5.7)")
    func longLengths() {
        let short = [UInt8](repeating: 7, count: 256)
        let long = [UInt8](repeating: 9, count: 65536)
        let wire = [0x82, 0x7E, 0x01, 0x00] + short + [0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0] + long
        let expected: [FrameTranscript.Entry] = [.message(.binary, short), .message(.binary, long)]
        #expect(FrameTranscript(pieces: [wire], role: .client).entries == expected)
        for cut in Array(0...280) + [60000, wire.count - 1] {
            let pieces = [Array(wire[..<cut]), Array(wire[cut...])]
            #expect(FrameTranscript(pieces: pieces, role: .client).entries == expected)
        }
    }

    @Test(
        "payloads at the borders of the length forms", arguments: [0, 1, 124, 125, 126, 127, 300],
        [Role.server, .client])
    func lengthBorders(payloadBytes: Int, role: Role) {
        var generator = SeededGenerator(seed: UInt64(payloadBytes))
        let payload = generator.bytes(payloadBytes)
        let wire = TestFrame.wire([TestFrame(.binary, payload), TestFrame(.text, "next")], to: role)
        let transcript = FrameTranscript(everySplitOf: wire, role: role)
        #expect(transcript.entries == [.message(.binary, payload), .text("next")])
    }

    @Test("a whole message within the input is one event, and its payload is unmasked in place")
    func wholeMessageEvent() throws {
        var wire = TestFrame.wire([TestFrame(.text, "abc"), TestFrame(.binary, [1])], to: .server)
        var parser = FrameParser(role: .server, maximumMessageBytes: 100)
        try wire.withUnsafeMutableBytes { input in
            var offset = 0
            let first = try parser.next(in: input, at: &offset)
            #expect(first == .message(.text, payload: 6..<9, isCompressed: false))
            #expect(offset == 9)
            #expect(input[6..<9].elementsEqual("abc".utf8))
            let second = try parser.next(in: input, at: &offset)
            #expect(second == .message(.binary, payload: 15..<16, isCompressed: false))
            let third = try parser.next(in: input, at: &offset)
            #expect(third == nil)
        }
    }

    @Test(
        "control frames may come between the fragments of a message (§5.4)",
        arguments: [Role.server, .client])
    func interleavedControlFrames(role: Role) {
        let wire = TestFrame.wire(
            [
                TestFrame(.text, "one ", fin: false), TestFrame(.ping, "p"),
                TestFrame(.continuation, "two ", fin: false), TestFrame(.pong),
                TestFrame(.continuation, "three"), TestFrame(.ping, [UInt8](repeating: 1, count: 125)),
            ], to: role)
        let transcript = FrameTranscript(everySplitOf: wire, role: role)
        #expect(
            transcript.entries == [
                .ping([0x70]), .pong([]), .text("one two three"), .ping([UInt8](repeating: 1, count: 125)),
            ])
        #expect(transcript.isAtMessageBoundary)
    }

    @Test("empty fragments anywhere in a message are accepted")
    func emptyFragments() {
        let wire = TestFrame.wire(
            [
                TestFrame(.binary, fin: false), TestFrame(.continuation, fin: false),
                TestFrame(.continuation),
                TestFrame(.text, fin: false), TestFrame(.continuation, "x", fin: false),
                TestFrame(.continuation),
                TestFrame(.text, "y", fin: false), TestFrame(.continuation, fin: false),
                TestFrame(.continuation, "z"), TestFrame(.text),
            ], to: .server)
        let transcript = FrameTranscript(everySplitOf: wire, role: .server)
        #expect(transcript.entries == [.message(.binary, []), .text("x"), .text("yz"), .text("")])
    }

    @Test("the stream is not at a message boundary within a header, a payload or a fragmented message")
    func messageBoundary() {
        let wire = TestFrame.wire(
            [TestFrame(.binary, [1, 2], fin: false), TestFrame(.continuation)], to: .server)
        for count in 1..<wire.count {
            let transcript = FrameTranscript(pieces: [Array(wire[..<count])], role: .server)
            #expect(!transcript.isAtMessageBoundary, "after \(count) bytes")
        }
        #expect(FrameTranscript(pieces: [wire], role: .server).isAtMessageBoundary)
        #expect(FrameTranscript(pieces: [[0x89, 0x00]], role: .client).isAtMessageBoundary)
    }

    @Test("the payload of a control frame is gone with the next call")
    func controlPayloadLifetime() throws {
        var wire = TestFrame.wire([TestFrame(.ping, "hi"), TestFrame(.ping)], to: .client)
        var parser = FrameParser(role: .client, maximumMessageBytes: 10)
        try wire.withUnsafeMutableBytes { input in
            var offset = 0
            _ = try parser.next(in: input, at: &offset)
            #expect(parser.controlPayload == Array("hi".utf8))
            _ = try parser.next(in: input, at: &offset)
            #expect(parser.controlPayload.isEmpty)
        }
    }

    @Test("a compressed message is marked, and its text is left to the inflater (RFC 7692)")
    func compressed() {
        let wire = TestFrame.wire(
            [
                TestFrame(.text, [0xFF, 0xFE], rsv1: true), TestFrame(.binary, [1], fin: false, rsv1: true),
                TestFrame(.continuation, [2]), TestFrame(.text, "plain"),
            ], to: .server)
        let transcript = FrameTranscript(everySplitOf: wire, role: .server, allowsCompression: true)
        #expect(
            transcript.entries == [
                .message(.text, [0xFF, 0xFE], isCompressed: true),
                .message(.binary, [1, 2], isCompressed: true), .text("plain"),
            ])
    }

    @Test("the parser's state is at most 64 bytes")
    func stateSize() {
        #expect(MemoryLayout<FrameParser>.size <= 64)
    }
}
