import Recording

/// An arm's figures over the first arm's, under one load.
///
/// CPU and deliveries are compared slice by slice: in each set the Hodges–Lehmann estimate over the blocks' log-ratios,
/// so that neither drift nor a few odd slices count; then over the sets the same estimate with its interval. A
/// percentile needs more deliveries than a slice has, and is compared set by set.
package struct ArmRatios: Codable, Equatable, Sendable {
    /// Pairs of slices measured, and how many of them somebody else disturbed: those are left out.
    package let pairs: Int
    package let pairsSetAside: Int
    /// At most half of the pairs were set aside, and something was left to compare.
    package let isConclusive: Bool
    @ExplicitNull package private(set) var serverCPUPerDelivery: RatioEstimate?
    @ExplicitNull package private(set) var deliveriesPerSecond: RatioEstimate?
    @ExplicitNull package private(set) var completionP50: RatioEstimate?
    @ExplicitNull package private(set) var completionP99: RatioEstimate?

    /// - Parameters:
    ///   - sets: those of one load.
    ///   - arm: index of the arm that is compared with the first.
    init(_ sets: [SliceSet], arm: Int, completions: SetCompletions) {
        let measured = sets.map { SlicePair.pairs(in: $0, arm: arm) }
        let kept = measured.map { pairs in pairs.filter { !$0.isDisturbed } }
        pairs = measured.reduce(0) { $0 + $1.count }
        pairsSetAside = pairs - kept.reduce(0) { $0 + $1.count }
        let estimate = { (figure: (SliceRecord) -> Double?) in
            RatioEstimate(
                setLogRatios: kept.compactMap { pairs in
                    HodgesLehmann.estimate(pairs.compactMap { $0.logRatio(figure) })
                })
        }
        let cpu = estimate(\.serverCPUNanosecondsPerDelivery)
        _serverCPUPerDelivery = ExplicitNull(wrappedValue: cpu)
        _deliveriesPerSecond = ExplicitNull(wrappedValue: estimate(\.deliveriesPerSecond))
        _completionP50 = ExplicitNull(wrappedValue: completions.ratio(percentile: 50, arm: arm))
        _completionP99 = ExplicitNull(wrappedValue: completions.ratio(percentile: 99, arm: arm))
        isConclusive = pairsSetAside * 2 <= pairs && cpu != nil
    }
}
