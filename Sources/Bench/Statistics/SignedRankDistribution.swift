/// The exact distribution of Wilcoxon's signed-rank statistic where the centre is zero: the sum of those ranks 1...n
/// whose signs, each a fair coin, come up positive.
///
/// Cost: n³/3 additions to make: nothing for the sets of a comparison.
struct SignedRankDistribution {
    /// The probability of each sum from 0 to n(n+1)/2.
    private let probabilities: [Double]

    init(count: Int) {
        var probabilities = [1.0]
        for rank in stride(from: 1, through: count, by: 1) {
            var next = [Double](repeating: 0, count: probabilities.count + rank)
            for (sum, probability) in probabilities.enumerated() {
                next[sum] += probability / 2
                next[sum + rank] += probability / 2
            }
            probabilities = next
        }
        self.probabilities = probabilities
    }

    /// How far in from both ends of the ordered Walsh averages an interval may begin, and what it then covers.
    ///
    /// The statistic is the number of Walsh averages above the centre, so the interval from the r-th smallest to the
    /// r-th largest misses it with the probability of a sum of at most r - 1, on either side.
    ///
    /// - Parameter confidence: the least coverage, 0..<1.
    /// - Returns: nil where even the whole range covers less.
    func interval(confidence: Double) -> (rank: Int, coverage: Double)? {
        var tail = 0.0
        var best: (rank: Int, coverage: Double)?
        for (sum, probability) in probabilities.enumerated() {
            tail += probability
            guard 1 - 2 * tail >= confidence else { break }
            best = (rank: sum + 1, coverage: 1 - 2 * tail)
        }
        return best
    }
}
