/// How often a gate may be wrong, over all deciding metrics and all looks of one run together.
///
/// The two errors cost differently. A false alarm makes people switch the gate off: it is to be rarer than one run
/// in a thousand. A pass or an improvement that is none is one in forty. So the two bounds of a metric's change are not equally
/// far from its estimate.
package struct GateErrors: Codable, Equatable, Sendable {
    /// The probability that a run calls anything a regression although nothing got worse.
    package var falseAlarm = 0.001
    /// The probability that a run excludes a change that is there.
    package var falseExclusion = 0.025

    package init() {}

    /// The part of them that one metric's look may use up.
    ///
    /// - Parameters:
    ///   - from, to: the share of the budget that was spent at the look before and at this one.
    ///   - metrics: how many metrics decide by their intervals.
    func tails(from: Double, to: Double, metrics: Int) -> (falseAlarm: Double, falseExclusion: Double) {
        let parts = Double(max(1, metrics))
        return (
            ErrorSpending(total: falseAlarm / parts).increment(from: from, to: to),
            ErrorSpending(total: falseExclusion / parts).increment(from: from, to: to)
        )
    }
}
