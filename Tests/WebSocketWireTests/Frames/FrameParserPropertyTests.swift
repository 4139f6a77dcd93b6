import Testing
import WebSocketWire

@Suite("FrameParser: random streams")
struct FrameParserPropertyTests {
    @Test("what is written and split at random is read back", arguments: 0..<100, [Role.server, .client])
    func roundTrip(seed: UInt64, role: Role) {
        var generator = SeededGenerator(seed: seed)
        var frames: [TestFrame] = []
        var expected: [FrameTranscript.Entry] = []
        for _ in 0..<Int.random(in: 1...10, using: &generator) {
            Self.addMessage(to: &frames, expected: &expected, using: &generator)
        }
        let wire = TestFrame.wire(frames, to: role)
        let pieces = Splits.random(of: wire, using: &generator)
        let transcript = FrameTranscript(pieces: pieces, role: role)
        #expect(transcript.violation == nil)
        #expect(transcript.entries == expected)
        #expect(transcript.isAtMessageBoundary)
    }

    @Test(
        "random bytes never trap, and splits make no difference", arguments: 0..<200, [Role.server, .client])
    func noise(seed: UInt64, role: Role) {
        var generator = SeededGenerator(seed: seed)
        var wire = TestFrame.wire(
            [TestFrame(.text, "héllo", fin: false), TestFrame(.ping, "x"), TestFrame(.continuation, "!")],
            to: role)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            wire[Int.random(in: 0..<wire.count, using: &generator)] = UInt8.random(
                in: 0...255, using: &generator)
        }
        _ = FrameTranscript(everySplitOf: wire, role: role, maximumMessageBytes: 4096)
    }

    /// A message in one to four fragments, with control frames at random between them.
    private static func addMessage(
        to frames: inout [TestFrame], expected: inout [FrameTranscript.Entry],
        using generator: inout SeededGenerator
    ) {
        let kind: MessageKind = Bool.random(using: &generator) ? .text : .binary
        let count = [0, 1, 30, 125, 126, 400, 70000].randomElement(using: &generator) ?? 0
        let payload =
            kind == .binary
            ? generator.bytes(count)
            : Array(String((0..<count / 3).map { _ in "aé語😀".randomElement(using: &generator) ?? "a" }).utf8)
        var rest = payload[...]
        let fragments = Int.random(in: 0...3, using: &generator)
        for index in 0..<fragments {
            let piece = rest.prefix(Int.random(in: 0...rest.count, using: &generator))
            rest = rest.dropFirst(piece.count)
            frames.append(TestFrame(index == 0 ? kind.opcode : .continuation, Array(piece), fin: false))
            guard Bool.random(using: &generator) else { continue }
            let control = generator.bytes(Int.random(in: 0...125, using: &generator))
            let isPing = Bool.random(using: &generator)
            frames.append(TestFrame(isPing ? .ping : .pong, control))
            expected.append(isPing ? .ping(control) : .pong(control))
        }
        frames.append(TestFrame(fragments == 0 ? kind.opcode : .continuation, Array(rest)))
        expected.append(.message(kind, payload))
    }
}
