/// One second of a run.
package struct IntervalRecord: Codable, Equatable, Sendable {
    /// Whole seconds since the measured part began.
    package var second: Int
    package var published: Int
    package var received: Int
    @ExplicitNull package var latencyP50Nanoseconds: Int?
    @ExplicitNull package var latencyP99Nanoseconds: Int?
    /// Connections open at its end.
    package var connected: Int

    package init(
        second: Int, published: Int, received: Int, latencyP50Nanoseconds: Int?, latencyP99Nanoseconds: Int?,
        connected: Int
    ) {
        self.second = second
        self.published = published
        self.received = received
        self.latencyP50Nanoseconds = latencyP50Nanoseconds
        self.latencyP99Nanoseconds = latencyP99Nanoseconds
        self.connected = connected
    }
}
