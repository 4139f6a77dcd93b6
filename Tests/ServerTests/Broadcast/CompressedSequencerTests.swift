import Testing
import WebSocketWire

@testable import Server

@Suite("Sequencer: streams of compressed clients")
struct CompressedSequencerTests {
    private static let text = String(repeating: "to everybody, ", count: 20)
    private static let small = FrameCoding(windowBits: 9)
    private static let large = FrameCoding(windowBits: 15)

    private let sequencer = Sequencer(loopCount: 1, isCompressing: true) { _ in }

    private func move(from: StreamID? = nil, to: StreamID?) throws -> Batch.Transition {
        let batch = Batch(loopIndex: 0)
        batch.add(Batch.Transition(connection: .forTest(), from: from, to: to, answer: []))
        sequencer.submit(batch)
        return try #require(batch.transitions.first)
    }

    private func join(_ coding: FrameCoding) throws -> StreamCursor {
        try #require(try move(to: StreamID.relay.coded(coding)).toStart)
    }

    /// A batch as a loop has it, which compresses for those who are there.
    private func batch() -> Batch {
        Batch(loopIndex: 0, compressor: MessageCompressor { [sequencer] in sequencer.codingsInUse })
    }

    private func read(_ cursor: StreamCursor, _ stream: StreamID) throws -> [CodedMessage] {
        var picture = StreamPicture(streamCount: StreamID.count(isCompressing: true))
        _ = sequencer.publication.read(into: &picture)
        var cursor = cursor
        return try CodedMessage.read(Array(cursor.piece(upTo: picture.ends[stream.index].position)))
    }

    @Test("each coding's members get the messages as theirs; recipients are counted over all of them")
    func allCodings() throws {
        let starts = try [FrameCoding.plain, Self.small, Self.large].map { ($0, try join($0)) }
        _ = try join(Self.large)
        let batch = batch()
        batch.add(Self.text, to: .relay)
        batch.add(Self.text + "2", to: .relay)
        sequencer.submit(batch)
        #expect(batch.recipients == [4, 4])
        for (coding, start) in starts {
            let messages = try read(start, StreamID.relay.coded(coding))
            #expect(messages.map(\.text) == [Self.text, Self.text + "2"])
            #expect(messages.allSatisfy { $0.isCompressed == (coding != .plain) })
        }
    }

    @Test("appended bytes are those of each stream, compressed ones as they are")
    func appendedBytes() throws {
        _ = try join(.plain)
        let start = try join(Self.large)
        let batch = batch()
        batch.add(Self.text, to: .relay)
        sequencer.submit(batch)
        guard case .messages(let run) = batch.items.first else {
            Issue.record("no run")
            return
        }
        var picture = StreamPicture(streamCount: StreamID.count(isCompressing: true))
        _ = sequencer.publication.read(into: &picture)
        let compressedBytes = Int(picture.ends[StreamID.relay.coded(Self.large).index].position - start.position)
        #expect(compressedBytes < run.byteCount)
        #expect(run.appendedBytes == run.byteCount + compressedBytes)
    }

    @Test("a message that was made before the first member of a window came reaches it plain, the next one compressed")
    func lateMember() throws {
        let early = batch()
        early.add(Self.text, to: .relay)
        early.endRun()
        let start = try join(Self.large)
        sequencer.submit(early)
        let late = batch()
        late.add(Self.text, to: .relay)
        sequencer.submit(late)
        #expect(early.recipients == [1])
        #expect(late.recipients == [1])
        let messages = try read(start, StreamID.relay.coded(Self.large))
        #expect(messages.map(\.text) == [Self.text, Self.text])
        #expect(messages.map(\.isCompressed) == [false, true])
    }

    @Test("a change of stream stands at its place among compressed messages")
    func transitionsInPlace() throws {
        let before = StreamID(.gesture).coded(Self.large)
        let after = StreamID([.gesture, .system]).coded(Self.large)
        let start = try #require(try move(to: before).toStart)
        _ = try move(to: after)
        let batch = batch()
        batch.add(Self.text + "old", to: .subscribed(to: .gesture))
        batch.add(Batch.Transition(connection: .forTest(), from: before, to: after, answer: []))
        batch.add(Self.text + "new", to: .subscribed(to: .gesture))
        sequencer.submit(batch)
        #expect(batch.recipients == [2, 2])
        let change = try #require(batch.transitions.first)
        var old = start
        #expect(try CodedMessage.read(Array(old.piece(upTo: change.fromEnd))).map(\.text) == [Self.text + "old"])
        #expect(change.fromFrameCount == 1)
        let messages = try read(try #require(change.toStart), after)
        #expect(messages.map(\.text) == [Self.text + "new"])
        #expect(messages.map(\.isCompressed) == [true])
    }

    @Test("a window is in use from its first member on, on whatever stream, until the last one has left")
    func windowsInUse() throws {
        #expect(sequencer.codingsInUse == [])
        _ = try join(.plain)
        #expect(sequencer.codingsInUse == [])
        let relay = StreamID.relay.coded(Self.large)
        let gesture = StreamID(.gesture).coded(Self.large)
        _ = try move(to: relay)
        #expect(sequencer.codingsInUse == CodingSet(Self.large))
        _ = try move(to: gesture)
        _ = try move(to: StreamID.relay.coded(Self.small))
        #expect(sequencer.codingsInUse == [CodingSet(Self.large), CodingSet(Self.small)])
        _ = try move(from: relay, to: nil)
        #expect(sequencer.codingsInUse == [CodingSet(Self.large), CodingSet(Self.small)])
        _ = try move(from: gesture, to: StreamID([]).coded(Self.large))
        #expect(sequencer.codingsInUse == [CodingSet(Self.large), CodingSet(Self.small)])
        _ = try move(from: StreamID([]).coded(Self.large), to: nil)
        #expect(sequencer.codingsInUse == CodingSet(Self.small))
        _ = try move(from: StreamID.relay.coded(Self.small), to: nil)
        #expect(sequencer.codingsInUse == [])
    }

    @Test("a stream without members is not written, in any coding")
    func nobody() throws {
        _ = try move(to: StreamID(.gesture).coded(Self.large))
        let batch = batch()
        batch.add(Self.text, to: .relay)
        sequencer.submit(batch)
        #expect(batch.recipients == [0])
        var picture = StreamPicture(streamCount: StreamID.count(isCompressing: true))
        #expect(sequencer.publication.read(into: &picture) == .unchanged)
    }

    @Test("exactly the loops with members of a changed stream are woken, whatever their coding")
    func waking() {
        let woken = SharedList<Int>()
        let sequencer = Sequencer(loopCount: 4, isCompressing: true) { woken.append($0) }
        let streams = [StreamID.relay, StreamID.relay.coded(Self.large), StreamID(.gesture).coded(Self.large)]
        for (loop, stream) in streams.enumerated() {
            let batch = Batch(loopIndex: loop)
            batch.add(Batch.Transition(connection: .forTest(), from: nil, to: stream, answer: []))
            sequencer.submit(batch)
        }
        let batch = Batch(loopIndex: 3)
        batch.add(Self.text, to: .relay)
        sequencer.submit(batch)
        #expect(woken.elements == [0, 1])
    }
}
