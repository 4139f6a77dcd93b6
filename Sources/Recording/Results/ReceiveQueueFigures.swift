/// How long messages lay in the generator's own receive queues: from the kernel's stamp to their being read.
///
/// Of a sample: reads of stamped connections that held one message and nothing else.
package struct ReceiveQueueFigures: Codable, Equatable, Sendable {
    /// Messages in the sample.
    package var count: Int
    @ExplicitNull package var p50Nanoseconds: Int?
    @ExplicitNull package var p99Nanoseconds: Int?
    @ExplicitNull package var maxNanoseconds: Int?

    package init(_ summary: LatencySummary) {
        count = summary.count
        p50Nanoseconds = summary.p50Nanoseconds
        p99Nanoseconds = summary.p99Nanoseconds
        maxNanoseconds = summary.maxNanoseconds
    }
}
