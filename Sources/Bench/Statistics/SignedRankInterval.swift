/// The confidence interval that belongs to the Hodges–Lehmann estimate: all centres that Wilcoxon's signed-rank test
/// would not reject.
///
/// It supposes that the values are independent and each distributed symmetrically about one centre; they need be
/// neither normal nor equally noisy. It is exact: the coverage steps with the ranks, and is the one stated, at least
/// what was asked for (ties only raise it).
///
/// Source: Hollander and Wolfe, "Nonparametric Statistical Methods", second edition, section 3.3.
package enum SignedRankInterval {
    /// - Parameters:
    ///   - sample: finite values in any order.
    ///   - confidence: the least coverage, 0..<1.
    /// - Returns: nil where there are too few values for any interval that is so sure: fewer than six for 95 %.
    package static func interval(_ sample: [Double], confidence: Double = 0.95) -> ConfidenceInterval? {
        let averages = WalshAverages(sample)
        guard let (rank, coverage) = SignedRankDistribution(count: sample.count).interval(confidence: confidence),
            let low = averages.value(atRank: rank),
            let high = averages.value(atRank: averages.count + 1 - rank)
        else { return nil }
        return ConfidenceInterval(low: low, high: high, coverage: coverage)
    }
}
