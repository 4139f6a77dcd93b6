import Glibc
import Recording

/// What the pairs measured so far say, at one of the moments that were fixed beforehand.
///
/// An interval for the mean log-ratio over the pairs of processes, by Student's distribution: the pairs are independent
/// starts, and slices within them are repeated measurement of one. Each look has its own part of the error
/// (`ErrorSpending`), so that looking several times does not add up to more than was promised.
package struct GateLook: Sendable {
    /// The fewest pairs that an interval is made of.
    static let fewestPairs = 4

    /// The part of this look's errors that each deciding metric has.
    let falseAlarmTail: Double
    let falseExclusionTail: Double
    /// Percent.
    let minimumEffectPercent: Double

    /// - Parameters:
    ///   - from, to: the share of the budget that was spent at the look before and at this one, 0...1.
    ///   - metrics: how many metrics decide by their intervals.
    package init(errors: GateErrors, from: Double, to: Double, metrics: Int, minimumEffectPercent: Double) {
        (falseAlarmTail, falseExclusionTail) = errors.tails(from: from, to: to, metrics: metrics)
        self.minimumEffectPercent = minimumEffectPercent
    }

    /// - Parameters:
    ///   - isAsked: whether a metric that is otherwise only shown was asked to decide.
    ///   - decides: whether timing decides at all.
    package func result(_ metric: GateMetric, _ sets: [GateSet], isAsked: Bool = false, decides: Bool = true)
        -> MetricResult
    {
        let readings = sets.compactMap { $0.readings[metric.name] }
        var result = MetricResult(
            metric, minimumEffect: minimumEffectPercent, isDeciding: decides && (metric.kind == .timing || isAsked),
            samples: readings.count)
        guard let baseline = HodgesLehmann.estimate(readings.map(\.baseline)),
            let candidate = HodgesLehmann.estimate(readings.map(\.candidate))
        else { return result }
        result.baseline = baseline
        result.candidate = candidate
        guard let spread = MeanAndError(readings.map(\.logRatio)) else { return result }
        result.changePercent = expm1(spread.mean) * 100
        guard readings.count >= Self.fewestPairs else { return result }
        result.bound(
            change: spread.mean, alarmReach: spread.reach(upperTail: falseAlarmTail),
            exclusionReach: spread.reach(upperTail: falseExclusionTail), errorForPower: spread.standardError)
        return result
    }
}
