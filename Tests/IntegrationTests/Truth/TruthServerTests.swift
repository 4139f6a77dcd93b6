import LoadGen
import Recording
import Testing
import WebSocketWire

/// That the servers do what their plans say, seen by clients that share no code with the load generator.
@Suite("Known truths: the server that they come from")
struct TruthServerTests {
    /// What two clients see when the first one sends the numbers from 1 on.
    private func transcripts(
        _ plan: TruthPlan, sent: Int, expected: [Int]
    ) throws -> ([String], [String], TruthRecord) {
        let server = try TruthServer(plan)
        let sender = try RawWebSocket(port: server.port, "/")
        let other = try RawWebSocket(port: server.port, "/")
        for number in 1...sent { sender.send("\(number)") }
        let transcripts = zip([sender, other], expected).map { client, count in
            (0..<count).map { _ in client.nextFrame()?.text ?? "nothing" }
        }
        sender.send(8, [0x03, 0xe8])
        #expect(sender.nextFrame()?.closeCode == 1000, "nothing but the close frame is left")
        return (transcripts[0], transcripts[1], server.finish())
    }

    @Test("messages are dropped, doubled and swapped by their numbers")
    func faults() throws {
        let cases: [(TruthFault?, [String], [String])] = [
            (nil, ["1", "2", "3", "4", "5"], ["1", "2", "3", "4", "5"]),
            (.dropForAll, ["1", "3", "5"], ["1", "3", "5"]),
            (.dropForOne, ["1", "2", "3", "4", "5"], ["1", "3", "5"]),
            (.duplicate, ["1", "2", "2", "3", "4", "4", "5"], ["1", "2", "2", "3", "4", "4", "5"]),
            (.swapWithNext, ["1", "3", "2", "5", "4"], ["1", "3", "2", "5", "4"]),
        ]
        for (fault, first, second) in cases {
            let plan = TruthPlan(fault: fault, every: 2)
            let seen = try transcripts(plan, sent: 5, expected: [first.count, second.count])
            #expect(seen.0 == first)
            #expect(seen.1 == second)
            #expect(seen.2.messages == 5)
            #expect(seen.2.faultyMessages == plan.faultyMessages(of: 5))
            #expect(seen.2.deliveries == first.count + second.count)
        }
    }

    @Test("whom a message reaches")
    func reach() throws {
        let others = try transcripts(TruthPlan(reach: .everybodyButTheSender), sent: 3, expected: [0, 3])
        #expect(others.1 == ["1", "2", "3"])
        let sender = try transcripts(TruthPlan(reach: .theSender), sent: 3, expected: [3, 0])
        #expect(sender.0 == ["1", "2", "3"])
        #expect(sender.2.deliveries == 3)
    }

    @Test("a freeze holds up what comes within it, and a delay each message by itself")
    func times() throws {
        let limit = 30_000_000
        for plan in [
            TruthPlan(delayNanoseconds: UInt64(limit)),
            TruthPlan(freeze: TruthFreeze(atMessage: 1, nanoseconds: UInt64(limit))),
        ] {
            let began = MonotonicInstant.now()
            let seen = try transcripts(plan, sent: 1, expected: [1, 1])
            #expect(MonotonicInstant.now() - began >= Int64(limit))
            #expect(seen.2.appliedNanoseconds.count == 2)
            #expect(seen.2.appliedNanoseconds.allSatisfy { $0 >= UInt64(limit) })
        }
    }

    @Test("the bytes of a message on the wire")
    func wire() {
        let ping = [0x89, UInt8(TruthWire.pingPayload.count)] + TruthWire.pingPayload
        let message: [UInt8] = [7, 8, 9]
        #expect(TruthWire.frames.encoded(.text, message) == [0x81, 3, 7, 8, 9])
        #expect(TruthWire.frames.writes([1, 2]) == [[1, 2]])
        let fragments: [UInt8] = [0x02, 1, 7] + ping + [0x00, 0, 0x80, 2, 8, 9]
        #expect(TruthWire.fragments([1, 0]).encoded(.binary, message) == fragments)
        #expect(TruthWire.singleBytes.writes([1, 2, 3]) == [[1], [2], [3]])
        #expect(TruthWire.coalesced(4).messagesPerWrite == 4)
    }

    @Test("a lie changes what it says it does, and nothing else")
    func lies() throws {
        let pattern = PayloadPattern(byteCount: 60)
        let stamp = Stamp(
            identity: Stamp.Identity(runTag: 0x1234, publisher: 5, sequence: 6), intendedNanoseconds: 7,
            sentNanoseconds: 8)
        var payload = [UInt8](repeating: 0, count: 60)
        payload.withUnsafeMutableBytes { pattern.write(stamp, into: $0) }
        let now = MonotonicInstant.now()
        let message = TruthMessage(
            number: 1, kind: .binary, payload: payload, sender: 0, arrivedAt: now, dueAt: now)

        let altered = try #require(message.falsified(.alter)).payload
        #expect(altered.dropLast() == payload.dropLast())
        #expect(altered.count == 60)
        #expect(altered.last != payload.last)
        let truncated = try #require(message.falsified(.truncate(bytes: 50))).payload
        #expect(truncated == Array(payload.prefix(50)))
        let restamped: [(TruthFault, Stamp.Identity)] = [
            (.foreignRun, Stamp.Identity(runTag: 0x1235, publisher: 5, sequence: 6)),
            (.unpublishedSequence, Stamp.Identity(runTag: 0x1234, publisher: 5, sequence: 1_000_006)),
        ]
        for (fault, identity) in restamped {
            let lie = try #require(message.falsified(fault)).payload
            let read = try #require(lie.withUnsafeBytes { Stamp.decode($0) })
            #expect(read.identity == identity)
            #expect(read.intendedNanoseconds == 7)
            #expect(lie[Stamp.encodedBytes...] == payload[Stamp.encodedBytes...])
        }
        let nothing = TruthMessage(number: 1, kind: .text, payload: [], sender: 0, arrivedAt: now, dueAt: now)
        let lies = [TruthFault.alter, .foreignRun, .unpublishedSequence].compactMap { nothing.falsified($0) }
        #expect(lies.isEmpty)
    }
}
