import Recording
import Testing

@testable import Server

@Suite("RateLimiter")
struct RateLimiterTests {
    private static let second: UInt64 = 1_000_000_000
    /// Nanoseconds in a million seconds, which rates with six decimals are whole numbers for.
    private static let period: UInt128 = 1_000_000_000_000_000

    /// How many of the arrivals pass.
    private static func accepted(
        _ limiter: inout RateLimiter, _ limit: RateLimit, from start: UInt64, gap: UInt64, count: Int
    ) -> Int {
        var passed = 0
        for number in 0..<UInt64(count) {
            let now = MonotonicInstant(nanoseconds: start + number * gap)
            if limiter.take(at: now, limit: limit) { passed += 1 }
        }
        return passed
    }

    @Test("a client costs 16 bytes")
    func size() {
        #expect(MemoryLayout<RateLimiter>.stride == 16)
    }

    @Test(
        "a full bucket lets a second's worth pass at once, whole messages only, and then no more",
        arguments: [(0.001, 1), (0.5, 1), (1, 1), (1.9, 1), (2.5, 2), (10, 10), (999.999, 999), (20_000, 20_000)]
            as [(Double, Int)])
    func burst(messagesPerSecond: Double, expected: Int) {
        let limit = RateLimit(messagesPerSecond: messagesPerSecond)
        for start in [0, 1, 77 * Self.second, 1 << 62] as [UInt64] {
            var limiter = RateLimiter()
            #expect(Self.accepted(&limiter, limit, from: start, gap: 0, count: expected + 100) == expected)
        }
    }

    @Test("years of silence save no more than one burst", arguments: [0.5, 3, 10, 1_000])
    func burstAfterIdle(messagesPerSecond: Double) {
        let limit = RateLimit(messagesPerSecond: messagesPerSecond)
        let burst = max(1, Int(messagesPerSecond))
        var limiter = RateLimiter()
        let yearNanoseconds = 31_536_000 * Self.second
        for year in UInt64(0)..<100 {
            let start = year * yearNanoseconds
            #expect(Self.accepted(&limiter, limit, from: start, gap: 0, count: 2 * burst + 10) == burst)
        }
    }

    @Test("an empty bucket gives the next token when one gap has passed, and not a nanosecond before")
    func refill() {
        let limit = RateLimit(messagesPerSecond: 3)
        var limiter = RateLimiter()
        #expect(Self.accepted(&limiter, limit, from: 0, gap: 0, count: 4) == 3)
        // The third of a second is no whole number of nanoseconds: the first whole one behind it counts.
        for (now, isAccepted) in [
            (333_333_333, false), (333_333_334, true), (333_333_334, false), (666_666_666, false),
            (666_666_667, true), (999_999_999, false), (1_000_000_000, true), (1_000_000_000, false),
        ] as [(UInt64, Bool)] {
            let isTaken = limiter.take(at: MonotonicInstant(nanoseconds: now), limit: limit)
            #expect(isTaken == isAccepted, "\(now)")
        }
    }

    @Test(
        "under a steady flood exactly the rate passes, for ten hours",
        arguments: [1_200_000, 3_000_000, 7_000_000, 9_999_999] as [UInt64])
    func flood(messagesPerMegasecond: UInt64) {
        let limit = RateLimit(messagesPerSecond: Double(messagesPerMegasecond) / 1e6)
        // Less than the gap of any of these rates, so that each token finds a message.
        let gap: UInt64 = 97_000_001
        let start: UInt64 = 123_456_789
        var limiter = RateLimiter()
        var passed: UInt64 = 0
        var arrivals: UInt64 = 0
        while arrivals * gap < 36_000 * Self.second {
            let now = MonotonicInstant(nanoseconds: start + arrivals * gap)
            if limiter.take(at: now, limit: limit) { passed += 1 }
            arrivals += 1
            guard arrivals % 4_096 == 0 else { continue }
            // As many as gaps fit into the time and a second's burst.
            let time = UInt128((arrivals - 1) * gap + Self.second)
            #expect(UInt128(passed) == time * UInt128(messagesPerMegasecond) / Self.period)
        }
        #expect(arrivals > 300_000)
    }

    @Test(
        "a bucket for one message gives it to the first that comes when the gap is over, thousands of times",
        arguments: [1_000, 100_000, 300_000, 999_999, 1_000_000] as [UInt64])
    func slowRates(messagesPerMegasecond: UInt64) {
        let limit = RateLimit(messagesPerSecond: Double(messagesPerMegasecond) / 1e6)
        // A message comes each 37th of the gap, rounded up: the 37th after one that passed is the next to pass.
        let gap = UInt64(Self.period) / messagesPerMegasecond / 37 + 1
        var limiter = RateLimiter()
        var wrong = 0
        for arrival in UInt64(0)..<200_000 {
            let now = MonotonicInstant(nanoseconds: 99 + arrival * gap)
            let isTaken = limiter.take(at: now, limit: limit)
            if isTaken != (arrival % 37 == 0) { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test("who keeps to the rate is never refused, for ten hours", arguments: [0.25, 1, 4, 10, 12.5])
    func steady(messagesPerSecond: Double) {
        let limit = RateLimit(messagesPerSecond: messagesPerSecond)
        let gap = UInt64(1e9 / messagesPerSecond)
        let count = Int(messagesPerSecond * 36_000)
        var limiter = RateLimiter()
        #expect(Self.accepted(&limiter, limit, from: 5, gap: gap, count: count) == count)
    }

    @Test("who sends a second's worth each second is never refused either", arguments: [1, 3, 7, 1_000])
    func burstEachSecond(messagesPerSecond: Int) {
        let limit = RateLimit(messagesPerSecond: Double(messagesPerSecond))
        var limiter = RateLimiter()
        for second in UInt64(0)..<300 {
            let start = second * Self.second
            let count = Self.accepted(&limiter, limit, from: start, gap: 0, count: messagesPerSecond + 1)
            #expect(count == messagesPerSecond)
        }
    }

    @Test("what is refused costs nothing: a flood does not put off the next token")
    func refusalsAreFree() {
        let limit = RateLimit(messagesPerSecond: 1)
        var limiter = RateLimiter()
        #expect(Self.accepted(&limiter, limit, from: 0, gap: 1, count: 10_000) == 1)
        let isTaken = limiter.take(at: MonotonicInstant(nanoseconds: Self.second), limit: limit)
        #expect(isTaken)
    }

    @Test("without bursts each keeps its distance, and no second has more than the rate")
    func withoutBursts() {
        let limit = RateLimit(messagesPerSecond: 10, allowsBursts: false)
        var limiter = RateLimiter()
        var passed: [UInt64] = []
        for now in stride(from: 7 * Self.second, to: 67 * Self.second, by: 1_000_000) {
            if limiter.take(at: MonotonicInstant(nanoseconds: now), limit: limit) { passed.append(now) }
        }
        #expect(passed.count == 600)
        #expect(zip(passed, passed.dropFirst()).allSatisfy { $1 - $0 == 100_000_000 })
    }

    /// The definition, with all that has passed remembered: a message may pass when no time that ends with it has more
    /// than rate × time + burst.
    private struct Reference {
        let messagesPerMegasecond: UInt64
        private(set) var passed: [UInt64] = []

        init(messagesPerMegasecond: UInt64) { self.messagesPerMegasecond = messagesPerMegasecond }

        mutating func take(at now: UInt64) -> Bool {
            let burst = max(UInt128(RateLimiterTests.second) * UInt128(messagesPerMegasecond), RateLimiterTests.period)
            for (index, earlier) in passed.enumerated() {
                let count = UInt128(passed.count - index + 1)
                let allowed = UInt128(now - earlier) * UInt128(messagesPerMegasecond) + burst
                if count * RateLimiterTests.period > allowed { return false }
            }
            passed.append(now)
            return true
        }
    }

    @Test(
        "no time has more than rate × time + burst, and nothing is refused that keeps to it",
        arguments: [
            1_000, 500_000, 1_000_000, 1_000_001, 2_500_000, 7_000_000, 33_333_333, 1_000_000_000,
            123_456_789_012, 1_000_000_000_000_000,
        ] as [UInt64], 1...3 as ClosedRange<UInt64>)
    func property(messagesPerMegasecond: UInt64, seed: UInt64) {
        let limit = RateLimit(messagesPerSecond: Double(messagesPerMegasecond) / 1e6)
        let gap = UInt64(Self.period) / messagesPerMegasecond
        var generator = SeededGenerator(seed: seed)
        var limiter = RateLimiter()
        var reference = Reference(messagesPerMegasecond: messagesPerMegasecond)
        var now: UInt64 = UInt64.random(in: 0...Self.second, using: &generator)
        var refused = 0
        for _ in 0..<400 {
            switch generator.next() % 8 {
            case 0: now += UInt64.random(in: 0...(2 * gap), using: &generator)
            case 1: now += UInt64.random(in: (gap - 1)...(gap + 1), using: &generator)
            case 2: now += UInt64.random(in: 0...(gap / 4), using: &generator)
            case 3 where generator.next() % 8 == 0: now += UInt64.random(in: 0...(20 * gap), using: &generator)
            default: break
            }
            let isAccepted = limiter.take(at: MonotonicInstant(nanoseconds: now), limit: limit)
            let isConforming = reference.take(at: now)
            #expect(isAccepted == isConforming)
            if !isAccepted { refused += 1 }
        }
        // Where a burst is longer than the test, nothing can be refused.
        #expect(!reference.passed.isEmpty)
        #expect(refused > 0 || messagesPerMegasecond > 100_000_000)
    }
}
