import Testing

@testable import Server

@Suite("RateLimit")
struct RateLimitTests {
    struct Figures: Sendable {
        let messagesPerSecond: Double
        let gapNanoseconds: UInt64
        /// Of the gap, over whole nanoseconds.
        let rest: Double
    }

    @Test(
        "the gap between two messages is a second divided by the rate",
        arguments: [
            Figures(messagesPerSecond: 1, gapNanoseconds: 1_000_000_000, rest: 0),
            Figures(messagesPerSecond: 0.001, gapNanoseconds: 1_000_000_000_000, rest: 0),
            Figures(messagesPerSecond: 0.1, gapNanoseconds: 10_000_000_000, rest: 0),
            Figures(messagesPerSecond: 3, gapNanoseconds: 333_333_333, rest: 1.0 / 3),
            Figures(messagesPerSecond: 7, gapNanoseconds: 142_857_142, rest: 6.0 / 7),
            Figures(messagesPerSecond: 700_000, gapNanoseconds: 1_428, rest: 4.0 / 7),
            Figures(messagesPerSecond: 1_000_000_000, gapNanoseconds: 1, rest: 0),
        ])
    func gaps(figures: Figures) {
        let limit = RateLimit(messagesPerSecond: figures.messagesPerSecond)
        #expect(limit.gapNanoseconds == figures.gapNanoseconds)
        #expect(abs(Double(limit.gapParts) / Double(limit.partsPerNanosecond) - figures.rest) < 1e-9)
        #expect(limit.gapParts < limit.partsPerNanosecond)
    }

    @Test("the bucket holds a second's worth, and one message at least")
    func bursts() {
        let fast = RateLimit(messagesPerSecond: 7)
        #expect(fast.burstNanoseconds == 1_000_000_000)
        #expect(fast.burstParts == 0)
        for slow in [RateLimit(messagesPerSecond: 0.7), RateLimit(messagesPerSecond: 7, allowsBursts: false)] {
            #expect(slow.burstNanoseconds == slow.gapNanoseconds)
            #expect(slow.burstParts == slow.gapParts)
            #expect(slow.burstParts > 0)
        }
    }

    @Test("rates are rounded to a millionth of a message a second")
    func rounding() {
        #expect(RateLimit(messagesPerSecond: 1.0000004) == RateLimit(messagesPerSecond: 1))
        #expect(RateLimit(messagesPerSecond: 1.0000006) == RateLimit(messagesPerSecond: 1.000001))
        #expect(RateLimit(messagesPerSecond: 1.000001) != RateLimit(messagesPerSecond: 1))
    }

    @Test("rates out of range are a programmer error")
    func allowedRates() async {
        await #expect(processExitsWith: .failure) { _ = RateLimit(messagesPerSecond: 0) }
        await #expect(processExitsWith: .failure) { _ = RateLimit(messagesPerSecond: .nan) }
        await #expect(processExitsWith: .failure) { _ = RateLimit(messagesPerSecond: .infinity) }
    }
}
