import Glibc

extension MetricResult {
    /// For 80 %.
    private static let quantileForPower = 0.8416

    /// Sets the bounds of a measured change, and with them what is decided.
    ///
    /// - Parameters:
    ///   - change: logarithm of candidate over baseline.
    ///   - alarmReach: how far the true change may lie on the good side of it.
    ///   - exclusionReach: how far on the bad side.
    ///   - errorForPower: the standard error of the change.
    mutating func bound(change: Double, alarmReach: Double, exclusionReach: Double, errorForPower: Double) {
        let percent = { (logRatio: Double) in expm1(logRatio) * 100 }
        let turn = better == .lower ? 1.0 : -1.0
        // Turned so that + is worse, and back.
        let good = percent((change * turn - alarmReach) * turn)
        let bad = percent((change * turn + exclusionReach) * turn)
        low = min(good, bad)
        high = max(good, bad)
        let detectable = percent(alarmReach + errorForPower * Self.quantileForPower)
        smallestDetectableEffect = detectable
        guard isDeciding else { return }
        decision =
            kind == .shown && detectable > minimumEffect
            ? .undecided : MetricDecision(low: good * turn, high: bad * turn, minimumEffect: minimumEffect)
    }
}
