import Glibc
import Recording

/// A ratio between two arms, estimated over fresh sets of processes: only what varies from set to set says how far the
/// figure of one set can be trusted.
package struct RatioEstimate: Codable, Equatable, Sendable {
    /// The Hodges–Lehmann estimate over the sets.
    package let ratio: Double
    /// Of 95 %; nil below six sets.
    @ExplicitNull package private(set) var interval: ConfidenceInterval?
    /// What the sets said, each for itself.
    package let setRatios: [Double]
    /// As a share; nil without an interval.
    @ExplicitNull package private(set) var smallestDetectableEffect: Double?

    /// - Parameter setLogRatios: each set's estimate of the logarithm of the ratio, finite.
    /// - Returns: nil without sets.
    package init?(setLogRatios: [Double]) {
        guard let estimate = HodgesLehmann.estimate(setLogRatios) else { return nil }
        let interval = SignedRankInterval.interval(setLogRatios)
        ratio = exp(estimate)
        setRatios = setLogRatios.map { exp($0) }
        _interval = ExplicitNull(
            wrappedValue: interval.map {
                ConfidenceInterval(low: exp($0.low), high: exp($0.high), coverage: $0.coverage)
            })
        _smallestDetectableEffect = ExplicitNull(
            wrappedValue: interval.map { SmallestDetectableEffect.share(logRatio: $0) })
    }

    package var setMinimum: Double { setRatios.min() ?? ratio }
    package var setMaximum: Double { setRatios.max() ?? ratio }
}
