/// Where a series of measurements goes over to a new level (or a new spread): for plots of history.
///
/// E-divisive: the series is split where its two sides differ most, if shuffling it hardly ever gives as good a split,
/// and then both parts likewise. It supposes that the values between two changes are exchangeable (independent will
/// do), not that they are normal. Other than in the source each part is tested for itself rather than all at once, so
/// that the noise of one does not hide a change in another; each part in which nothing changed is split with the
/// probability stated.
///
/// A level has at least three values. What can be shown is bounded by the number of ways to shuffle: at 0.001 a change
/// in the middle takes 16 values, one four values before the end 22, and one three before it 34.
///
/// Cost: n² a permutation; with 9,999 of them 200 values take some 0.6 s for the first change found and less for the
/// next, 500 values 4 s, and either some milliseconds where there is none, since shuffling ends when significance is
/// out of reach. Only the most recent 500 values are looked at.
///
/// Source: Matteson and James, "A Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data",
/// Journal of the American Statistical Association 109, 2014; for benchmarks: Daly et al., "The Use of Change Point
/// Detection to Identify Software Performance Regressions in a Continuous Integration System", ICPE 2020.
package enum ChangePoints {
    /// The most values that are looked at.
    package static let mostValues = 500

    /// - Parameters:
    ///   - values: finite ones, oldest first.
    ///   - significance: the greatest p value of a change, 0...1.
    ///   - permutations: how often a part is shuffled at most. No p value is below one over one more than that.
    ///   - generator: shuffles; the same one gives the same changes.
    /// - Returns: the indices at which a new level begins, ascending.
    package static func find(
        in values: [Double], significance: Double = 0.001, permutations: Int = 9_999,
        using generator: inout some RandomNumberGenerator
    ) -> [Int] {
        let recent = values.suffix(mostValues)
        var divergence = EnergyDivergence(capacity: recent.count)
        // So many that (1 + exceeding) / (1 + permutations) is at most the significance, as 10 / 10,000 is at most
        // 0.001 however that is rounded.
        let tolerated = Int((significance * Double(1 + permutations) + 1e-9).rounded(.down)) - 1
        var parts = [recent.indices]
        var found: [Int] = []
        while let part = parts.popLast() {
            let values = Array(recent[part])
            guard let split = divergence.bestSplit(of: values),
                isSignificant(
                    split, of: values, by: &divergence, tolerated: tolerated, permutations: permutations,
                    using: &generator)
            else { continue }
            let index = part.lowerBound + split.index
            found.append(index)
            parts.append(index..<part.upperBound)
            parts.append(part.lowerBound..<index)
        }
        return found.sorted()
    }

    /// - Parameter tolerated: how many permutations may have as good a split.
    private static func isSignificant(
        _ split: EnergyDivergence.Split, of values: [Double], by divergence: inout EnergyDivergence, tolerated: Int,
        permutations: Int, using generator: inout some RandomNumberGenerator
    ) -> Bool {
        guard tolerated >= 0 else { return false }
        // The same values on the same sides are as good, in whatever order they were summed.
        let enough = split.statistic * (1 - 1e-9)
        var shuffled = values
        var exceeding = 0
        for _ in 0..<permutations {
            shuffled.shuffle(using: &generator)
            if let other = divergence.bestSplit(of: shuffled, enough: enough), other.statistic >= enough {
                exceeding += 1
                if exceeding > tolerated { return false }
            }
        }
        return true
    }
}
