import Recording
import Synchronization
import Testing
import Transport

@testable import Server

@Suite("Sequencer")
struct SequencerTests {
    private static let every = StreamSet(rawValue: (1 << UInt16(StreamID.count)) - 1)

    private func transition(
        _ connection: Connection, from: StreamID? = nil, to: StreamID?
    ) -> Batch.Transition {
        Batch.Transition(connection: connection, from: from, to: to, answer: [])
    }

    /// Lets a client join each stream; returns where each begins.
    private func joinAll(_ sequencer: Sequencer, loopIndex: Int = 0) -> [StreamCursor] {
        let batch = Batch(loopIndex: loopIndex)
        for bits in UInt8(0)..<8 {
            batch.add(transition(Connection.forTest(), to: StreamID(ChannelSet(rawValue: bits))))
        }
        batch.add(transition(Connection.forTest(), to: .relay))
        sequencer.submit(batch)
        return batch.transitions.compactMap(\.toStart)
    }

    private func ends(_ sequencer: Sequencer) -> [UInt64] {
        var picture = StreamPicture()
        _ = sequencer.publication.read(into: &picture)
        return picture.ends.map(\.position)
    }

    @Test("a batch submitted alone is appended and given back at once")
    func alone() {
        let sequencer = Sequencer(loopCount: 1) { _ in Issue.record("nobody was to be woken") }
        var cursors = joinAll(sequencer)
        let batch = Batch(loopIndex: 0)
        batch.add("gesture", to: .subscribed(to: .gesture))
        batch.add("relayed", to: .relay)
        batch.add("error", to: .everySubscription)
        sequencer.submit(batch)
        #expect(batch.isBack)
        #expect(batch.recipients == [4, 1, 8])
        let ends = ends(sequencer)
        for stream in 0..<StreamID.count {
            let isGesture = stream < 8 && stream & 1 == 1
            let expected = stream == 8 ? ["relayed"] : isGesture ? ["gesture", "error"] : ["error"]
            #expect(cursors[stream].readPayloads(upTo: ends[stream]) == expected)
        }
    }

    @Test("a stream without members is not written, and nothing is published")
    func nobody() {
        let sequencer = Sequencer(loopCount: 2) { _ in Issue.record("nobody was to be woken") }
        let batch = Batch(loopIndex: 0)
        batch.add("unheard", to: Self.every)
        sequencer.submit(batch)
        #expect(batch.isBack)
        #expect(batch.recipients == [0])
        #expect(ends(sequencer).allSatisfy { $0 == 0 })
    }

    @Test("exactly the loops with members of a changed stream are woken, never the submitter")
    func waking() {
        let woken = SharedList<Int>()
        let sequencer = Sequencer(loopCount: 4) { woken.append($0) }
        for loop in 0..<3 {
            let batch = Batch(loopIndex: loop)
            batch.add(transition(Connection.forTest(), to: loop < 2 ? .relay : StreamID(.initial)))
            sequencer.submit(batch)
        }
        #expect(woken.elements.isEmpty)
        let batch = Batch(loopIndex: 0)
        batch.add("m", to: .relay)
        sequencer.submit(batch)
        #expect(woken.elements == [1])
        let fromOutside = Batch(loopIndex: 3)
        fromOutside.add("m", to: .relay)
        sequencer.submit(fromOutside)
        #expect(woken.elements == [1, 0, 1])
    }

    @Test("a change of stream stands between the messages before and after it in its batch")
    func transitionsInPlace() throws {
        let sequencer = Sequencer(loopCount: 1) { _ in }
        _ = joinAll(sequencer)
        let client = Connection.forTest()
        let gesture = StreamID(.gesture)
        let both = StreamID([.gesture, .system])
        let batch = Batch(loopIndex: 0)
        batch.add("before", to: .subscribed(to: .gesture))
        batch.add(transition(client, to: gesture))
        batch.add("old", to: .subscribed(to: .gesture))
        batch.add(transition(client, from: gesture, to: both))
        batch.add("new", to: .subscribed(to: .gesture))
        batch.add(transition(client, from: both, to: nil))
        batch.add("after", to: .subscribed(to: .gesture))
        sequencer.submit(batch)
        #expect(batch.recipients == [4, 5, 5, 4])
        let changes = batch.transitions
        var first = try #require(changes[0].toStart)
        #expect(first.readPayloads(upTo: changes[1].fromEnd) == ["old"])
        var second = try #require(changes[1].toStart)
        #expect(second.readPayloads(upTo: changes[2].fromEnd) == ["new"])
    }

    @Test(
        "batches of many threads: every stream has every message once, in one same order, each thread's order kept"
    )
    func concurrency() throws {
        let loops = 6
        let rounds = 400
        let sequencer = Sequencer(loopCount: loops) { _ in }
        var cursors = joinAll(sequencer)
        let targets: [StreamSet] = [
            .relay, .everySubscription, .subscribed(to: .gesture), .subscribed(to: .system), Self.every,
        ]
        let recipients = [1, 8, 4, 4, 9]
        let batches = try Threads.map(loops) { loop in
            (0..<rounds).map { round in
                let batch = Batch(loopIndex: loop)
                for part in 0...round % 3 {
                    let target = (round + part + loop) % targets.count
                    batch.add("\(target) \(loop) \(round * 3 + part)", to: targets[target])
                }
                sequencer.submit(batch)
                return batch
            }
        }
        for (loop, own) in batches.enumerated() {
            for (round, batch) in own.enumerated() {
                #expect(batch.isBack)
                #expect(
                    batch.recipients
                        == (0...round % 3).map { recipients[(round + $0 + loop) % targets.count] })
            }
        }
        let ends = ends(sequencer)
        let streams = (0..<StreamID.count).map { cursors[$0].readPayloads(upTo: ends[$0]) }
        for (stream, texts) in streams.enumerated() { expectComplete(texts, stream, loops, rounds, targets) }
        for one in 0..<StreamID.count {
            for other in 0..<one {
                let common = targets.indices.filter {
                    targets[$0].contains(index: one) && targets[$0].contains(index: other)
                }
                func shared(_ texts: [String]) -> [String] {
                    texts.filter { text in common.contains { text.hasPrefix("\($0) ") } }
                }
                #expect(shared(streams[one]) == shared(streams[other]))
            }
        }
    }

    /// Sorted by thread (a stable order), a stream is what each thread sent to it, one thread after another.
    private func expectComplete(
        _ texts: [String], _ stream: Int, _ loops: Int, _ rounds: Int, _ targets: [StreamSet]
    ) {
        for loop in 0..<loops {
            var sent: [String] = []
            for round in 0..<rounds {
                for part in 0...round % 3 {
                    let target = (round + part + loop) % targets.count
                    guard targets[target].contains(index: stream) else { continue }
                    sent.append("\(target) \(loop) \(round * 3 + part)")
                }
            }
            let seen = texts.filter { $0.split(separator: " ")[1] == "\(loop)" }
            #expect(seen == sent)
        }
    }

    @Test(
        "a client that switches streams under fire sees each message that both carry exactly once, in order")
    func switchingUnderFire() throws {
        let publishers = 4
        let rounds = 2000
        let sequencer = Sequencer(loopCount: publishers + 1) { _ in }
        var stable = joinAll(sequencer)[1]
        let streams = [StreamID(.gesture), StreamID([.gesture, .system])]
        let client = UncheckedConnection(connection: Connection.forTest())
        let join = Batch(loopIndex: publishers)
        join.add(transition(client.connection, to: streams[0]))
        sequencer.submit(join)
        let switches = try Threads.map(publishers + 1) { thread -> [Batch] in
            (0..<rounds).map { round in
                let batch = Batch(loopIndex: thread)
                if thread < publishers {
                    batch.add("\(thread) \(round)", to: .subscribed(to: .gesture))
                } else {
                    batch.add(
                        Batch.Transition(
                            connection: client.connection, from: streams[round % 2],
                            to: streams[(round + 1) % 2], answer: []))
                }
                sequencer.submit(batch)
                return batch
            }
        }[publishers].flatMap(\.transitions)
        let ends = ends(sequencer)
        var place = try #require(join.transitions[0].toStart)
        var seen: [String] = []
        for change in switches {
            seen += place.readPayloads(upTo: change.fromEnd)
            #expect(place.position == change.fromEnd)
            place = try #require(change.toStart)
        }
        seen += place.readPayloads(upTo: ends[streams[rounds % 2].index])
        #expect(seen.count == publishers * rounds)
        #expect(seen == stable.readPayloads(upTo: ends[streams[0].index]))
    }

    /// A connection that one thread names and no thread touches.
    private struct UncheckedConnection: @unchecked Sendable {
        let connection: Connection
    }
}
