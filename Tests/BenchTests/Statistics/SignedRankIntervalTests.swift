import Testing

@testable import Bench

@Suite("SignedRankInterval")
struct SignedRankIntervalTests {
    @Test("the depression data of Hollander and Wolfe, example 3.1")
    func published() throws {
        let differences = [-0.952, 0.147, -1.022, -0.430, -0.620, -0.590, -0.490, 0.080, -0.010]
        let interval = try #require(SignedRankInterval.interval(differences))
        #expect(abs(interval.low - -0.786) < 1e-9)
        #expect(abs(interval.high - -0.010) < 1e-9)
        #expect(interval.coverage == 1 - 2 * 10.0 / 512)
        #expect(abs(try #require(HodgesLehmann.estimate(differences)) - -0.46) < 1e-9)
    }

    @Test("five values cannot be 95 % sure of anything, six span it with their range")
    func fewValues() throws {
        #expect(SignedRankInterval.interval([]) == nil)
        #expect(SignedRankInterval.interval([1, 2, 3, 4, 5]) == nil)
        let interval = try #require(SignedRankInterval.interval([6, 1, 3, 2, 5, 4]))
        #expect(interval == ConfidenceInterval(low: 1, high: 6, coverage: 1 - 2.0 / 64))
    }

    @Test("who asks for more certainty gets a wider interval, or none")
    func confidence() throws {
        let sample = [1.0, 2, 3, 4, 5, 6, 7, 8]
        let wide = try #require(SignedRankInterval.interval(sample, confidence: 0.99))
        let narrow = try #require(SignedRankInterval.interval(sample, confidence: 0.8))
        #expect(wide.low < narrow.low && narrow.high < wide.high)
        #expect(wide.coverage >= 0.99 && narrow.coverage >= 0.8 && narrow.coverage < 0.95)
        #expect(SignedRankInterval.interval(sample, confidence: 0.999) == nil)
    }

    @Test("it holds the true centre as often as it says", arguments: [6, 8, 12, 24], [false, true])
    func coverage(count: Int, isHeavyTailed: Bool) throws {
        var noise = Noise(seed: UInt64(count))
        let trials = 2_000
        var hits = 0
        var stated = 0.0
        for _ in 0..<trials {
            let sample = (0..<count).map { _ in 7 + (isHeavyTailed ? noise.heavyTailed() : noise.normal()) }
            let interval = try #require(SignedRankInterval.interval(sample))
            if interval.contains(7) { hits += 1 }
            stated = interval.coverage
        }
        #expect(stated >= 0.95)
        // Three standard errors of a share of 2,000 trials.
        #expect(abs(Double(hits) / Double(trials) - stated) < 0.015)
    }
}
