import Testing
import WebSocketWire

@testable import Server

@Suite("Batch")
struct BatchTests {
    @Test(
        "a message is serialized as one unmasked frame", arguments: [0, 1, 125, 126, 65535, 65536, 1 << 20])
    func frames(payloadBytes: Int) {
        let batch = Batch(loopIndex: 0)
        let payload = (0..<payloadBytes).map { UInt8(truncatingIfNeeded: $0) }
        batch.add("before", to: .relay)
        payload.withUnsafeBytes { batch.addMessage(.binary, $0, to: .relay) }
        var expected: [UInt8] = []
        FrameWriter.append(opcode: .text, payload: Array("before".utf8), to: &expected)
        let offset = expected.count
        FrameWriter.append(opcode: .binary, payload: payload, to: &expected)
        #expect(batch.frames == expected)
        batch.endRun()
        guard case .messages(let run) = batch.items.last else {
            Issue.record("no run")
            return
        }
        // The largest does not fit into a segment with the one before.
        let isTogether = expected.count <= SegmentPool.blockBytes
        #expect(batch.items.count == (isTogether ? 1 : 2))
        #expect(run.frameCount == (isTogether ? 2 : 1))
        #expect(run.offset == (isTogether ? 0 : offset))
        #expect(run.offset + run.byteCount == expected.count)
        #expect(run.newestFrameOffset == offset)
    }

    @Test("a run ends where the streams change, where a client moves, and before and after a message with an answer")
    func runs() {
        let batch = Batch(loopIndex: 0)
        batch.add("relay", to: .relay)
        batch.add("relay", to: .relay)
        batch.add("gesture", to: .subscribed(to: .gesture))
        batch.add(Batch.Transition(connection: .forTest(), from: nil, to: .relay, answer: []))
        batch.add("gesture", to: .subscribed(to: .gesture))
        let answer = PendingAnswer(connection: .forTest(), prefix: [], suffix: nil)
        Array("asked".utf8).withUnsafeBytes {
            batch.addMessage(.text, $0, to: .subscribed(to: .gesture), answer: answer)
        }
        batch.add("gesture", to: .subscribed(to: .gesture))
        batch.endRun()
        let frames = batch.items.map { item in
            if case .messages(let run) = item { run.frameCount } else { 0 }
        }
        #expect(frames == [2, 1, 0, 1, 1, 1])
    }

    @Test("a run holds no more than a segment does, but for a message that is larger by itself")
    func boundedRuns() {
        let batch = Batch(loopIndex: 0)
        for _ in 0..<20 { batch.add(String(repeating: "r", count: 60_000), to: .relay) }
        batch.add(String(repeating: "l", count: 300_000), to: .relay)
        batch.endRun()
        let runs = batch.items.compactMap { item -> Batch.Run? in
            if case .messages(let run) = item { run } else { nil }
        }
        #expect(runs.map(\.frameCount) == [4, 4, 4, 4, 4, 1])
        #expect(runs.dropLast().allSatisfy { $0.byteCount <= SegmentPool.blockBytes })
        #expect(runs.reduce(0) { $0 + $1.byteCount } == batch.frames.count)
    }

    @Test("a batch is its loop's again once it was given back, and empty once cleared")
    func handing() {
        let batch = Batch(loopIndex: 3)
        #expect(batch.isEmpty)
        batch.add("m", to: .relay)
        #expect(!batch.isEmpty)
        #expect(!batch.isBack)
        batch.giveBack()
        #expect(batch.isBack)
        batch.clear()
        #expect(batch.isEmpty)
        #expect(batch.frames.isEmpty)
        #expect(!batch.isBack)
    }

    @Test("the memory of a large turn is not kept")
    func memory() {
        let batch = Batch(loopIndex: 0)
        batch.add(String(repeating: "x", count: 4 << 20), to: .relay)
        batch.clear()
        batch.add("y", to: .relay)
        #expect(batch.frames.capacity < 1 << 20)
    }
}
