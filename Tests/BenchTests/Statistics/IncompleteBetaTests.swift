import Testing

@testable import Bench

@Suite("IncompleteBeta")
struct IncompleteBetaTests {
    private struct Known {
        let argument: Double
        let first: Double
        let second: Double
        let expected: Double
    }

    private func regularized(_ argument: Double, _ first: Double, _ second: Double) -> Double {
        IncompleteBeta.regularized(argument, complement: 1 - argument, first: first, second: second)
    }

    /// From SciPy 1.17, `scipy.special.betainc`.
    private static let known = [
        Known(argument: 0.3, first: 0.5, second: 0.5, expected: 0.36901011956554536),
        Known(argument: 0.4, first: 2, second: 3, expected: 0.5248),
        Known(argument: 0.9, first: 10, second: 0.5, expected: 0.15164090963470994),
        Known(argument: 0.3, first: 100, second: 200, expected: 0.10884306564490986),
        Known(argument: 0.01, first: 1, second: 300, expected: 0.9509591059287141),
        Known(argument: 1e-6, first: 0.5, second: 5, expected: 0.002460934218752953),
        Known(argument: 0.3333, first: 1e5, second: 2e5, expected: 0.48472420024960267),
        Known(argument: 0.99999, first: 1e6, second: 1, expected: 4.539765980967912e-05),
    ]

    @Test("known values, for shapes from a half to a million")
    func knownValues() {
        for known in Self.known {
            let tolerance = max(known.first, known.second) > 1_000 ? 1e-9 : 1e-12
            let value = regularized(known.argument, known.first, known.second)
            #expect(abs(value / known.expected - 1) < tolerance, "\(known)")
        }
    }

    @Test("it goes from 0 to 1, and never down")
    func monotone() {
        for (first, second) in [(0.5, 0.5), (1, 1), (3, 0.5), (40, 7)] {
            let values = (0...200).map { regularized(Double($0) / 200, first, second) }
            #expect(values.first == 0 && values.last == 1)
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    @Test("with the shapes exchanged it is the probability of the other side")
    func mirrored() {
        for argument in [0.01, 0.2, 0.5, 0.77, 0.999] {
            #expect(abs(regularized(argument, 4, 2.5) + regularized(1 - argument, 2.5, 4) - 1) < 1e-14)
        }
    }
}
