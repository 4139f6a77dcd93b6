import Testing

@testable import Bench

@Suite("BinomialBound")
struct BinomialBoundTests {
    private struct Known {
        let successes: Int
        let trials: Int
        let lower: Double
        let upper: Double
    }

    /// From SciPy 1.17: `scipy.stats.beta.ppf` of 5 and 95 %.
    private static let known = [
        Known(successes: 0, trials: 300, lower: 0, upper: 0.009936081944457708),
        Known(successes: 59, trials: 59, lower: 0.950492390111773, upper: 1),
        Known(successes: 5, trials: 20, lower: 0.10408083591013609, upper: 0.4555824040017489),
        Known(successes: 1, trials: 1_000, lower: 5.129197890901781e-05, upper: 0.004734993575499777),
        Known(successes: 500, trials: 1_000, lower: 0.47351773123569124, upper: 0.5264822687643087),
        Known(successes: 999_999, trials: 1_000_000, lower: 0.9999952561443618, upper: 0.9999999487067069),
    ]

    @Test("known bounds")
    func knownBounds() {
        for known in Self.known {
            let lower = BinomialBound.lower(successes: known.successes, trials: known.trials)
            let upper = BinomialBound.upper(successes: known.successes, trials: known.trials)
            #expect(abs(lower - known.lower) <= 1e-11 * known.lower, "\(known)")
            #expect(abs(upper - known.upper) <= 1e-11 * known.upper, "\(known)")
        }
    }

    @Test("without trials everything is possible")
    func noTrials() {
        #expect(BinomialBound.upper(successes: 0, trials: 0) == 1)
        #expect(BinomialBound.lower(successes: 0, trials: 0) == 0)
    }

    @Test("successes and failures are alike", arguments: 0...12)
    func mirrored(successes: Int) {
        let upper = BinomialBound.upper(successes: successes, trials: 12)
        #expect(abs(upper + BinomialBound.lower(successes: 12 - successes, trials: 12) - 1) < 1e-12)
    }

    @Test("who asks for more certainty gets a wider bound")
    func confidence() {
        let bounds = [0.5, 0.8, 0.95, 0.999].map { BinomialBound.upper(successes: 3, trials: 40, confidence: $0) }
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test("it holds the true probability at least as often as it says", arguments: [0.02, 0.3, 0.9])
    func coverage(probability: Double) {
        let trials = 25
        // The probability of each number of successes, from that of the one below.
        var mass = (0..<trials).reduce(1.0) { product, _ in product * (1 - probability) }
        var held = 0.0
        for successes in 0...trials {
            if BinomialBound.upper(successes: successes, trials: trials) >= probability { held += mass }
            mass *= Double(trials - successes) / Double(successes + 1) * probability / (1 - probability)
        }
        #expect(held >= 0.95 && held <= 1 + 1e-12)
    }
}
