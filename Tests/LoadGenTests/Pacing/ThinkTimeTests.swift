import LoadGen
import Recording
import Testing

@Suite("ThinkTime and ThinkingSlots")
struct ThinkTimeTests {
    @Test("one time, or a range of them")
    func parsing() throws {
        #expect(try ThinkTime(parsing: "20ms").rangeNanoseconds == 20_000_000...20_000_000)
        #expect(try ThinkTime(parsing: "20ms..1.5s").rangeNanoseconds == 20_000_000...1_500_000_000)
        #expect(try ThinkTime(parsing: "0ms..5us").expression == "0ms..5us")
    }

    @Test("anything else is refused")
    func refused() {
        for (text, part) in [("", ""), ("20", "20"), ("20ms..", ""), ("..5ms", ""), ("1s..x", "x")] {
            #expect(throws: ThinkTimeError.badDuration(DurationArgumentError(text: part), expression: text)) {
                try ThinkTime(parsing: text)
            }
        }
        #expect(throws: ThinkTimeError.descending("2s..1s")) { try ThinkTime(parsing: "2s..1s") }
        #expect(throws: ThinkTimeError.tooLong("1441m")) { try ThinkTime(parsing: "1441m") }
        #expect(
            ThinkTimeError.descending("2s..1s").description
                == "expected the shorter time first, as in 20ms..50ms, found 2s..1s")
    }

    @Test("waits are spread evenly over the range, and repeat with the seed")
    func drawing() throws {
        let thinkTime = try ThinkTime(parsing: "10ms..30ms")
        func waits(_ seed: UInt64) -> [UInt64] {
            var generator = SeededGenerator(seed: seed)
            return (0..<10_000).map { _ in thinkTime.nanoseconds(using: &generator) }
        }
        let drawn = waits(1)
        #expect(drawn.allSatisfy { thinkTime.rangeNanoseconds.contains($0) })
        let mean = Double(drawn.reduce(0, +)) / 10_000
        #expect(abs(mean - 20_000_000) < 300_000)
        #expect(drawn == waits(1))
        #expect(drawn != waits(2))
    }

    @Test("a slot sends, waits for its message's end, thinks, and sends again")
    func slots() {
        var slots = ThinkingSlots()
        #expect(slots.settle(outstandingCount: 0) == 0)
        for _ in 0..<3 {
            #expect(slots.hasReady(of: 3))
            slots.send()
        }
        #expect(!slots.hasReady(of: 3))
        #expect(slots.settle(outstandingCount: 3) == 0)
        #expect(slots.settle(outstandingCount: 1) == 2)
        #expect(slots.settle(outstandingCount: 1) == 0)
        #expect(!slots.hasReady(of: 3))
        slots.wake()
        #expect(slots.hasReady(of: 3))
        slots.send()
        #expect(!slots.hasReady(of: 3))
        #expect(slots.settle(outstandingCount: 0) == 2)
        for _ in 0..<3 { slots.wake() }
        #expect(slots.hasReady(of: 1))
    }

    @Test("a message that nobody is to receive is over at once")
    func nobodyReceives() {
        var slots = ThinkingSlots()
        slots.send()
        #expect(slots.settle(outstandingCount: 0) == 1)
    }

    @Test("waking who does not think is a programmer error")
    func wakingNobody() async {
        await #expect(processExitsWith: .failure) {
            var slots = ThinkingSlots()
            slots.wake()
        }
    }
}
