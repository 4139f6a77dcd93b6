import Glibc

/// The smallest change that a run could have seen, from the width of its interval.
package enum SmallestDetectableEffect {
    /// The quotient of the normal quantiles for 80 % power and for a two-sided 95 % interval: 0.8416 over 1.9600.
    private static let allowanceForPower = 0.4294

    /// The change that a run with such an interval would have shown four times in five, as a share: 0.02 is 2 %.
    ///
    /// An interval of 95 % shows a change when it does not hold "none", that is when the estimate is more than half
    /// its width away from none. A true change of just that much is estimated too low every second time, and missed;
    /// for 80 % it takes as much more as the estimate's own scatter asks for (Cohen, "Statistical Power Analysis for
    /// the Behavioral Sciences", second edition, section 1.5, by the normal distribution).
    ///
    /// - Parameter logRatio: an interval of 95 % for the logarithm of a ratio.
    package static func share(logRatio: ConfidenceInterval) -> Double {
        expm1((logRatio.high - logRatio.low) / 2 * (1 + allowanceForPower))
    }
}
