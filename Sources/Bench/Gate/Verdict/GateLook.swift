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
        result.changePercent = Self.percent(spread.mean)
        guard readings.count >= Self.fewestPairs else { return result }
        let alarmReach = spread.reach(upperTail: falseAlarmTail)
        let exclusionReach = spread.reach(upperTail: falseExclusionTail)
        let turn = metric.better == .lower ? 1.0 : -1.0
        // Turned so that + is worse, then back.
        let worse = spread.mean * turn
        let bounds = [worse - alarmReach, worse + exclusionReach].map { Self.percent($0 * turn) }
        result.low = bounds.min()
        result.high = bounds.max()
        let detectable = Self.percent(alarmReach + spread.standardError * Self.quantileForPower)
        result.smallestDetectableEffect = detectable
        guard result.isDeciding else { return result }
        if metric.kind == .shown, detectable > minimumEffectPercent {
            result.decision = .undecided
        } else {
            result.decision = MetricDecision(
                low: min(bounds[0] * turn, bounds[1] * turn), high: max(bounds[0] * turn, bounds[1] * turn),
                minimumEffect: minimumEffectPercent)
        }
        return result
    }

    /// For 80 %.
    private static let quantileForPower = 0.8416

    private static func percent(_ logRatio: Double) -> Double { expm1(logRatio) * 100 }
}
