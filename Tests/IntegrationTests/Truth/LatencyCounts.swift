import Recording
import Testing

/// How many of a run's deliveries took how long, out of the histogram in its result.
struct LatencyCounts {
    private let histogram: LatencyHistogram

    init(_ result: RunResult) throws {
        histogram = try LatencyHistogram.decodedV2(try #require(result.histograms["latency"]))
        #expect(histogram.count == UInt64(result.deliveries.received))
    }

    /// Deliveries of at least so many nanoseconds, within the thousandth to which the histogram knows them.
    func count(atLeast nanoseconds: UInt64) -> Int {
        let first = HistogramLayout.index(of: nanoseconds)
        // In bounds: both ends are the layout's own.
        let count = (first..<HistogramLayout.countsLength).reduce(UInt64(0)) { $0 + histogram.counts[$1] }
        return Int(clamping: count)
    }
}
