import FoundationEssentials
import Glibc
import Testing

@testable import Bench

@Suite("RatioEstimate")
struct RatioEstimateTests {
    @Test("ratios come back from their logarithms, with their range")
    func ratios() throws {
        let estimate = try #require(RatioEstimate(setLogRatios: [0.8, 0.82, 0.81, 0.79, 0.83, 0.85].map { log($0) }))
        #expect(abs(estimate.ratio - 0.815) < 0.005)
        #expect(abs(estimate.setMinimum - 0.79) < 1e-9)
        #expect(abs(estimate.setMaximum - 0.85) < 1e-9)
        let interval = try #require(estimate.interval)
        #expect(abs(interval.low - 0.79) < 1e-9)
        #expect(abs(interval.high - 0.85) < 1e-9)
        #expect(interval.coverage == 0.96875)
    }

    @Test("fewer than six sets give a ratio without an interval, none give nothing")
    func fewSets() throws {
        let estimate = try #require(RatioEstimate(setLogRatios: [0, 0, 0, 0, 0]))
        #expect(estimate.ratio == 1)
        #expect(estimate.interval == nil)
        #expect(estimate.smallestDetectableEffect == nil)
        #expect(RatioEstimate(setLogRatios: []) == nil)
    }

    @Test("it goes through JSON, with null for what it does not have")
    func coding() throws {
        let estimate = try #require(RatioEstimate(setLogRatios: [0, 0]))
        let json = try JSONEncoder().encode(estimate)
        #expect(String(decoding: json, as: UTF8.self).contains("\"interval\":null"))
        #expect(try JSONDecoder().decode(RatioEstimate.self, from: json) == estimate)
    }

    @Test("a change of the smallest detectable size is seen about four times in five", arguments: [8, 12, 24])
    func detectable(count: Int) throws {
        var noise = Noise(seed: UInt64(count))
        let sets = { (logRatio: Double, noise: inout Noise) in
            RatioEstimate(setLogRatios: (0..<count).map { _ in logRatio + 0.02 * noise.normal() })
        }
        let trials = 1_000
        var effect = 0.0
        for _ in 0..<trials {
            effect += try #require(sets(0, &noise)?.smallestDetectableEffect) / Double(trials)
        }
        var seen = 0
        for _ in 0..<trials where try !#require(sets(log1p(effect), &noise)?.interval).contains(1) { seen += 1 }
        #expect((0.72...0.88).contains(Double(seen) / Double(trials)), "\(seen)")
    }
}
