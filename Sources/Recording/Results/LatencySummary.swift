/// The figures of one latency histogram, in nanoseconds; all null where nothing was recorded.
///
/// For people and thresholds. Results are merged by merging histograms, never by combining summaries.
package struct LatencySummary: Codable, Equatable, Sendable {
    package var count: Int
    @ExplicitNull package var minNanoseconds: Int?
    @ExplicitNull package var p50Nanoseconds: Int?
    @ExplicitNull package var p90Nanoseconds: Int?
    @ExplicitNull package var p95Nanoseconds: Int?
    @ExplicitNull package var p99Nanoseconds: Int?
    @ExplicitNull package var p999Nanoseconds: Int?
    @ExplicitNull package var maxNanoseconds: Int?
    @ExplicitNull package var meanNanoseconds: Int?

    package init(
        count: Int, minNanoseconds: Int?, p50Nanoseconds: Int?, p90Nanoseconds: Int?, p95Nanoseconds: Int?,
        p99Nanoseconds: Int?, p999Nanoseconds: Int?, maxNanoseconds: Int?, meanNanoseconds: Int?
    ) {
        self.count = count
        self.minNanoseconds = minNanoseconds
        self.p50Nanoseconds = p50Nanoseconds
        self.p90Nanoseconds = p90Nanoseconds
        self.p95Nanoseconds = p95Nanoseconds
        self.p99Nanoseconds = p99Nanoseconds
        self.p999Nanoseconds = p999Nanoseconds
        self.maxNanoseconds = maxNanoseconds
        self.meanNanoseconds = meanNanoseconds
    }

    /// Of a histogram without a record.
    package static let empty = Self(
        count: 0, minNanoseconds: nil, p50Nanoseconds: nil, p90Nanoseconds: nil, p95Nanoseconds: nil,
        p99Nanoseconds: nil, p999Nanoseconds: nil, maxNanoseconds: nil, meanNanoseconds: nil)
}
