import Glibc
import Testing

@testable import Bench

@Suite("StudentT")
struct StudentTTests {
    private static let tails = [0.05, 0.025, 1e-3, 1e-4, 1e-6, 1e-9]

    /// For each degree of freedom the quantiles of `tails`: from SciPy 1.17, `scipy.stats.t.isf`.
    private static let quantiles: [Int: [Double]] = [
        1: [
            6.313751514675044, 12.706204736174705, 318.30883898555044, 3183.0987571181513, 318309.8861827435,
            318309886.1837907,
        ],
        2: [
            2.9199855803537256, 4.302652729749464, 22.327124770119873, 70.70007107496428, 707.1057205259339,
            22360.679741456875,
        ],
        5: [
            2.015048373333024, 2.5705818356363155, 5.893429531356009, 9.677566300882592, 24.771029720515948,
            98.93722464836996,
        ],
        10: [
            1.812461122811676, 2.2281388519862753, 4.143700494046589, 5.693820101457513, 9.751995490940581,
            20.144697766673996,
        ],
        30: [
            1.6972608865939574, 2.042272456301238, 3.385184866829305, 4.233985957272021, 5.871117120418882,
            8.445862796274243,
        ],
        200: [
            1.6525081009108773, 1.9718962236339093, 3.131479814221121, 3.7891207887477303, 4.897302102826782,
            6.286347426852264,
        ],
    ]

    @Test("known quantiles, far into the tail")
    func knownQuantiles() {
        for (degreesOfFreedom, quantiles) in Self.quantiles {
            for (tail, expected) in zip(Self.tails, quantiles) {
                let quantile = StudentT.quantile(upperTail: tail, degreesOfFreedom: degreesOfFreedom)
                #expect(abs(quantile / expected - 1) < 1e-10, "\(degreesOfFreedom), \(tail)")
                let probability = StudentT.upperTail(expected, degreesOfFreedom: degreesOfFreedom)
                #expect(abs(probability / tail - 1) < 1e-10, "\(degreesOfFreedom), \(tail)")
            }
        }
    }

    @Test("known probabilities, those of 1e-76 too")
    func knownProbabilities() {
        // From SciPy 1.17, `scipy.stats.t.cdf`.
        let known: [(t: Double, degreesOfFreedom: Int, expected: Double)] = [
            (-30, 1, 0.010606402405535426), (-2.5, 2, 0.06480586011075541), (-0.3, 5, 0.38812452113163726),
            (1.7, 10, 0.9400153270454898), (-30, 30, 3.125895815304445e-24), (-30, 200, 2.8620806044139265e-76),
        ]
        for (t, degreesOfFreedom, expected) in known {
            let probability = StudentT.cumulative(t, degreesOfFreedom: degreesOfFreedom)
            #expect(abs(probability / expected - 1) < 1e-10, "\(t), \(degreesOfFreedom)")
        }
    }

    @Test("both sides are alike", arguments: [1, 2, 7, 60])
    func symmetric(degreesOfFreedom: Int) {
        #expect(StudentT.cumulative(0, degreesOfFreedom: degreesOfFreedom) == 0.5)
        for t in [1e-9, 0.4, 1, 1.7, 5, 80] {
            let low = StudentT.cumulative(-t, degreesOfFreedom: degreesOfFreedom)
            let high = StudentT.cumulative(t, degreesOfFreedom: degreesOfFreedom)
            #expect(abs(low + high - 1) < 1e-14)
            #expect(StudentT.upperTail(t, degreesOfFreedom: degreesOfFreedom) == low)
        }
    }

    @Test("it never goes down", arguments: [1, 3, 12, 500])
    func monotone(degreesOfFreedom: Int) {
        let probabilities = stride(from: -12.0, through: 12, by: 0.05).map {
            StudentT.cumulative($0, degreesOfFreedom: degreesOfFreedom)
        }
        #expect(zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 <= $1 })
        let quantiles = stride(from: 0.01, through: 0.5, by: 0.01).map {
            StudentT.quantile(upperTail: $0, degreesOfFreedom: degreesOfFreedom)
        }
        #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test("with many degrees of freedom it is the normal distribution")
    func normal() {
        for t in [0.1, 1, 1.96, 4] {
            let tail = StudentT.upperTail(t, degreesOfFreedom: 10_000_000)
            #expect(abs(tail / (erfc(t / 2.0.squareRoot()) / 2) - 1) < 1e-5)
        }
        #expect(abs(StudentT.quantile(upperTail: 0.025, degreesOfFreedom: 10_000_000) - 1.959964) < 1e-6)
    }

    @Test("the ends: zero is exceeded as often as not, infinity never")
    func ends() {
        #expect(StudentT.quantile(upperTail: 0.5, degreesOfFreedom: 3) == 0)
        #expect(StudentT.quantile(upperTail: 0, degreesOfFreedom: 3) == .infinity)
        #expect(StudentT.cumulative(.infinity, degreesOfFreedom: 3) == 1)
        #expect(StudentT.cumulative(-.infinity, degreesOfFreedom: 3) == 0)
        let cauchy = StudentT.quantile(upperTail: 1e-100, degreesOfFreedom: 1)
        #expect(abs(cauchy * .pi / 1e100 - 1) < 1e-10)
    }
}
