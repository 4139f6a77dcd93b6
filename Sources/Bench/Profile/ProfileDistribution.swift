import Recording

/// The figures of one histogram: nanoseconds, clients, frames or bytes, as its name says.
package struct ProfileDistribution: Codable, Equatable, Sendable {
    package var name: String
    package var count: Int
    @ExplicitNull package var p50: Int?
    @ExplicitNull package var p99: Int?
    @ExplicitNull package var max: Int?

    init(_ name: String, _ histogram: LatencyHistogram) {
        let summary = histogram.summary()
        self.name = name
        count = summary.count
        p50 = summary.p50Nanoseconds
        p99 = summary.p99Nanoseconds
        max = summary.maxNanoseconds
    }
}
