/// The averages of all pairs of a sample's values, each value paired with itself too, in ascending order.
///
/// They are never stored: n values have n(n+1)/2 of them. The one at a rank is found by bisection over its value,
/// counting at each step in one walk over the sample how many averages lie below (the idea of Monahan, "Algorithm
/// 616: Fast Computation of the Hodges–Lehmann Location Estimator", ACM TOMS 10, 1984, without its random choices).
/// Cost: sorting, then n for each of about 60 steps, at most 1,100 where the average is zero.
struct WalshAverages {
    private let sorted: [Double]

    /// - Parameter sample: finite values in any order.
    init(_ sample: [Double]) { sorted = sample.sorted() }

    var count: Int { sorted.count * (sorted.count + 1) / 2 }

    /// The average at a rank, counted from 1; nil outside of 1...count.
    func value(atRank rank: Int) -> Double? {
        guard (1...max(1, count)).contains(rank), let least = sorted.first, let greatest = sorted.last else {
            return nil
        }
        // Fewer than `rank` averages are at most `below`, at least `rank` at most `above`: when no number lies between
        // the two, `above` is the average itself, to the last bit.
        var below = least.nextDown
        var above = greatest
        while true {
            let middle = below + (above - below) / 2
            guard below < middle, middle < above else { return above }
            if count(atMost: middle) >= rank { above = middle } else { below = middle }
        }
    }

    private func count(atMost limit: Double) -> Int {
        var total = 0
        var end = sorted.count
        for start in sorted.indices {
            while end > start, (sorted[start] + sorted[end - 1]) / 2 > limit { end -= 1 }
            guard end > start else { break }
            total += end - start
        }
        return total
    }
}
