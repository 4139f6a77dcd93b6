import Testing

@testable import Bench

@Suite("MetricDecision")
struct MetricDecisionTests {
    @Test(
        "from the bounds of the change, where + is worse and 3 is what matters",
        arguments: [
            (-1, 2.9, .pass), (0.5, 2.9, .pass), (-4, -0.1, .improvement), (-4, 0, .pass), (-1, 3, .inconclusive),
            (0, 3, .inconclusive), (0.1, 3, .regression), (0.1, 2.99, .pass), (5, 9, .regression),
            (-9, 9, .inconclusive), (3, 3, .regression), (-3, -3, .improvement), (0, 0, .pass),
            (-.infinity, .infinity, .inconclusive),
        ] as [(Double, Double, MetricDecision)])
    func decided(low: Double, high: Double, expected: MetricDecision) {
        #expect(MetricDecision(low: low, high: high, minimumEffect: 3) == expected)
    }

    @Test("only what is inconclusive could become something else")
    func clear() {
        for decision in [MetricDecision.pass, .improvement, .regression, .undecided, .incomparable] {
            #expect(decision.isClear)
        }
        #expect(!MetricDecision.inconclusive.isClear)
    }
}
