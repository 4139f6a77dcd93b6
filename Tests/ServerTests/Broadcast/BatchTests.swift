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
        guard case .messages(let run) = batch.items.first, batch.items.count == 1 else {
            Issue.record("two messages to the same stream are no run")
            return
        }
        #expect(run.offset == 0)
        #expect(run.byteCount == expected.count)
        #expect(run.frameCount == 2)
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
