/// One second of a run.
///
/// The last one of a run holds what came after the last whole second: it may be shorter, or as long as the grace.
/// What came in later versions is nil in results from before: unknown, which 0 would hide.
package struct IntervalRecord: Codable, Equatable, Sendable {
    /// Whole seconds since the measured part began.
    package var second: Int
    package var published: Int
    package var received: Int
    @ExplicitNull package var latencyP50Nanoseconds: Int?
    @ExplicitNull package var latencyP99Nanoseconds: Int?
    /// Connections open at its end.
    package var connected: Int
    /// When it began, ISO 8601 in UTC.
    package var startedAt: String?
    package var durationNanoseconds: Int?
    /// Deliveries of the messages published within it, less those that were withdrawn, whenever their messages were
    /// published: below 0 where more of them are.
    package var expected: Int?
    /// Deliveries given up within it, whenever their messages were published.
    package var lost: Int?
    package var duplicated: Int?
    package var reordered: Int?
    /// Payload bytes.
    package var receivedBytes: Int?
    @ExplicitNull package var latencyP90Nanoseconds: Int?
    @ExplicitNull package var latencyMaxNanoseconds: Int?
    /// How late messages left, against the schedule; null where none left.
    @ExplicitNull package var scheduleLagP99Nanoseconds: Int?
    /// Clients that are not connected at its end because that is the plan; null in results from before there was one.
    @ExplicitNull package var away: Int?

    package init(
        second: Int, published: Int, received: Int, latencyP50Nanoseconds: Int?, latencyP99Nanoseconds: Int?,
        connected: Int, startedAt: String? = nil, durationNanoseconds: Int? = nil, expected: Int? = nil,
        lost: Int? = nil, duplicated: Int? = nil, reordered: Int? = nil, receivedBytes: Int? = nil,
        latencyP90Nanoseconds: Int? = nil, latencyMaxNanoseconds: Int? = nil, scheduleLagP99Nanoseconds: Int? = nil,
        away: Int? = nil
    ) {
        self.second = second
        self.published = published
        self.received = received
        self.latencyP50Nanoseconds = latencyP50Nanoseconds
        self.latencyP99Nanoseconds = latencyP99Nanoseconds
        self.connected = connected
        self.startedAt = startedAt
        self.durationNanoseconds = durationNanoseconds
        self.expected = expected
        self.lost = lost
        self.duplicated = duplicated
        self.reordered = reordered
        self.receivedBytes = receivedBytes
        self.latencyP90Nanoseconds = latencyP90Nanoseconds
        self.latencyMaxNanoseconds = latencyMaxNanoseconds
        self.scheduleLagP99Nanoseconds = scheduleLagP99Nanoseconds
        self.away = away
    }

    package var deliveriesPerSecond: Double? { perSecond(received) }

    package var bytesPerSecond: Double? { receivedBytes.flatMap(perSecond) }

    private func perSecond(_ count: Int) -> Double? {
        guard let durationNanoseconds, durationNanoseconds > 0 else { return nil }
        return Double(count) * 1e9 / Double(durationNanoseconds)
    }
}
