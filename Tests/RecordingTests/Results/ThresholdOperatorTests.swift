import Recording
import Testing

@Suite("ThresholdOperator")
struct ThresholdOperatorTests {
    @Test(
        "each operator decides below, at and above",
        arguments: [
            (.less, [true, false, false]), (.lessOrEqual, [true, true, false]),
            (.greater, [false, false, true]), (.greaterOrEqual, [false, true, true]),
            (.equal, [false, true, false]),
        ] as [(ThresholdOperator, [Bool])])
    func holds(comparison: ThresholdOperator, expected: [Bool]) {
        #expect([1.0, 2.0, 3.0].map { comparison.holds($0, 2) } == expected)
    }
}
