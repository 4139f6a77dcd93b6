/// Durations counted by bucket, as a metric of type `histogram` has them.
package struct PrometheusHistogram: Equatable, Sendable {
    /// The upper ends of the buckets, ascending.
    package var boundsNanoseconds: [UInt64]
    /// By bucket, each without those below it; one more than there are bounds, the last for what is longer than all.
    package var counts: [UInt64]
    package var sumNanoseconds: Double

    package init(boundsNanoseconds: [UInt64], counts: [UInt64], sumNanoseconds: Double) {
        self.boundsNanoseconds = boundsNanoseconds
        self.counts = counts
        self.sumNanoseconds = sumNanoseconds
    }

    /// A latency histogram in coarser buckets. What it counts together goes where its shortest duration belongs: one
    /// within a thousandth above a bound may be counted as below it, never the other way round.
    package init(_ histogram: LatencyHistogram, boundsNanoseconds: [UInt64]) {
        var counts = [UInt64](repeating: 0, count: boundsNanoseconds.count + 1)
        var bucket = 0
        for index in 0..<HistogramLayout.countsLength where histogram.counts[index] > 0 {
            let lowest = HistogramLayout.lowestValue(at: index)
            while bucket < boundsNanoseconds.count, lowest > boundsNanoseconds[bucket] { bucket += 1 }
            counts[bucket] &+= histogram.counts[index]
        }
        self.init(
            boundsNanoseconds: boundsNanoseconds, counts: counts,
            sumNanoseconds: histogram.mean * Double(histogram.count))
    }
}
