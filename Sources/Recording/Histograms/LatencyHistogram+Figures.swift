extension LatencyHistogram {
    /// Durations recorded, those that were clamped included.
    package var count: UInt64 {
        (0..<HistogramLayout.countsLength).reduce(0) { $0 &+ counts[$1] }
    }

    /// The shortest duration, in nanoseconds and rounded down to its bucket; 0 when empty.
    package var min: UInt64 {
        let index = (0..<HistogramLayout.countsLength).first { counts[$0] > 0 }
        return index.map(HistogramLayout.lowestValue(at:)) ?? 0
    }

    /// The longest duration, in nanoseconds and rounded up to its bucket; 0 when empty.
    package var max: UInt64 {
        usedLength == 0 ? 0 : HistogramLayout.highestValue(at: usedLength - 1)
    }

    /// The mean in nanoseconds, each duration taken as the middle of its bucket; 0 when empty.
    package var mean: Double {
        let count = count
        guard count > 0 else { return 0 }
        let sum = (0..<usedLength).reduce(0.0) { sum, index in
            sum + Double(counts[index]) * Double(HistogramLayout.medianValue(at: index))
        }
        return sum / Double(count)
    }

    /// The duration in nanoseconds that the given share of the durations do not exceed (nearest rank),
    /// rounded up to its bucket; 0 when empty.
    ///
    /// - Parameter percentile: 0...100, as in 99.9; what lies outside is taken as the nearer end.
    package func percentile(_ percentile: Double) -> UInt64 {
        value(atPercentile: percentile, ofCount: count)
    }

    /// All figures at once, as they stand in a result.
    package func summary() -> LatencySummary {
        let count = count
        guard count > 0 else { return .empty }
        let nanoseconds = { (percentile: Double) in
            Int(clamping: self.value(atPercentile: percentile, ofCount: count))
        }
        return LatencySummary(
            count: Int(clamping: count),
            minNanoseconds: Int(clamping: min),
            p50Nanoseconds: nanoseconds(50),
            p90Nanoseconds: nanoseconds(90),
            p95Nanoseconds: nanoseconds(95),
            p99Nanoseconds: nanoseconds(99),
            p999Nanoseconds: nanoseconds(99.9),
            maxNanoseconds: Int(clamping: max),
            meanNanoseconds: Int(mean.rounded()))
    }

    /// The length of the counts array without the zeros at its end.
    var usedLength: Int {
        ((0..<HistogramLayout.countsLength).last { counts[$0] > 0 } ?? -1) + 1
    }

    private func value(atPercentile percentile: Double, ofCount count: UInt64) -> UInt64 {
        // One step below what was asked, as HdrHistogram does it: 99.9 is a little more than 999 thousandths
        // in binary, and must not ask for the rank above.
        let share = Swift.min(Swift.max(percentile.nextDown, 0), 100) / 100
        let rank = Swift.max(1, UInt64((share * Double(count)).rounded(.up)))
        var seen: UInt64 = 0
        for index in 0..<HistogramLayout.countsLength {
            seen &+= counts[index]
            if seen >= rank { return HistogramLayout.highestValue(at: index) }
        }
        return max
    }
}
