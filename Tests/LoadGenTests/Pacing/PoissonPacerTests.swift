import LoadGen
import Testing

@Suite("PoissonPacer")
struct PoissonPacerTests {
    private static let second: UInt64 = 1_000_000_000

    private static func pacer(rate: Double = 1_000, seed: UInt64 = 1) -> PoissonPacer {
        PoissonPacer(profile: RateProfile(ratePerSecond: rate), seed: seed)
    }

    @Test("the number of messages is that of the rate, to five standard deviations", arguments: UInt64(1)...5)
    func mean(seed: UInt64) {
        var pacer = Self.pacer(seed: seed)
        let count = Double(pacer.due(atNanoseconds: 200 * Self.second))
        #expect(abs(count - 200_000) < 5 * 200_000.0.squareRoot())
    }

    @Test("counts of intervals vary as much as they are large, and gaps as exponential ones do")
    func distribution() {
        var pacer = Self.pacer()
        var counts: [Double] = []
        var before: UInt64 = 0
        for interval in 1...2_000 as ClosedRange<UInt64> {
            let due = pacer.due(atNanoseconds: interval * 100_000_000)
            counts.append(Double(due - before))
            before = due
        }
        let mean = counts.reduce(0, +) / Double(counts.count)
        let variance = counts.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(counts.count)
        #expect(abs(variance / mean - 1) < 0.15)

        var times = Self.pacer()
        var last: UInt64 = 0
        var longCount = 0
        for index in 0..<100_000 as Range<UInt64> {
            let time = times.intendedNanoseconds(of: index)
            // Longer than twice the mean of 1 ms: one in e^2.
            if time - last > 2_000_000 { longCount += 1 }
            last = time
        }
        #expect(abs(Double(longCount) / 100_000 - 0.135_335) < 0.005)
    }

    @Test("times do not depend on when they are asked for")
    func polling() {
        var once = Self.pacer()
        let all = once.due(atNanoseconds: 20 * Self.second)
        var often = Self.pacer()
        var generator = SeededGenerator(seed: 9)
        var now: UInt64 = 0
        while now < 20 * Self.second {
            _ = often.due(atNanoseconds: now)
            now += UInt64.random(in: 0...3_000_000, using: &generator)
        }
        #expect(often.due(atNanoseconds: 20 * Self.second) == all)

        // What the loop does: ask for the next time, over and over.
        var times = Self.pacer()
        var index: UInt64 = 0
        while times.intendedNanoseconds(of: index) <= 20 * Self.second { index += 1 }
        #expect(index == all)
        var skipping = Self.pacer()
        var copy = Self.pacer()
        for index in stride(from: UInt64(0), to: all, by: 7) {
            let time = skipping.intendedNanoseconds(of: index)
            #expect(copy.due(atNanoseconds: time) > index)
        }
    }

    @Test("one seed gives one schedule, another seed another")
    func seeds() {
        func times(_ seed: UInt64) -> [UInt64] {
            var pacer = Self.pacer(seed: seed)
            return (0..<100).map { pacer.intendedNanoseconds(of: $0) }
        }
        #expect(times(4) == times(4))
        #expect(times(4) != times(5))
        #expect(times(4) == times(4).sorted())
    }

    @Test("on a ramp the messages follow the rate, and after it there are none")
    func ramp() throws {
        let profile = RateProfile(
            warmupNanoseconds: 0, stages: [try RateStage(parsing: "100s:0..1000"), try RateStage(parsing: "10s:0")])
        var pacer = PoissonPacer(profile: profile, seed: 1)
        let half = Double(pacer.due(atNanoseconds: 50 * Self.second))
        let all = Double(pacer.due(atNanoseconds: 1_000 * Self.second))
        #expect(abs(half - 12_500) < 5 * 12_500.0.squareRoot())
        #expect(abs(all - 50_000) < 5 * 50_000.0.squareRoot())
        #expect(pacer.intendedNanoseconds(of: UInt64(all)) == .max)
        #expect(Double(pacer.due(atNanoseconds: .max - 1)) == all)
    }

    @Test("going back is a programmer error")
    func forwardOnly() async {
        await #expect(processExitsWith: .failure) {
            var pacer = PoissonPacer(profile: RateProfile(ratePerSecond: 10), seed: 1)
            _ = pacer.intendedNanoseconds(of: 5)
            _ = pacer.intendedNanoseconds(of: 4)
        }
        await #expect(processExitsWith: .failure) {
            var pacer = PoissonPacer(profile: RateProfile(ratePerSecond: 10), seed: 1)
            _ = pacer.due(atNanoseconds: .max)
        }
    }
}
