import Recording

/// One second of a run: its counts and its histograms, of one loop or of several together.
///
/// Filled by the loop's thread, and handed over when it has ended (`RunMonitor.add`). Another thread's only from then
/// on, and not changed any more once it is complete.
///
/// `@unchecked Sendable`: by that rule one thread at a time has it while it changes. The hand-over is under a lock.
/// Size: two histograms.
package final class LoadSecond: @unchecked Sendable {
    package let latency = LatencyHistogram()
    /// How late messages left, against the schedule.
    package let scheduleLag = LatencyHistogram()
    /// Whole seconds since the measured part began.
    private(set) var second = 0
    private(set) var startedAtMilliseconds: Int64 = 0
    private(set) var durationNanoseconds: UInt64 = 0
    private(set) var counts = LoadTotals()
    private(set) var connected = 0
    private(set) var away = 0

    /// Ends it.
    ///
    /// - Parameters:
    ///   - startedAtMilliseconds: since 1970.
    ///   - connected: connections open now.
    ///   - away: clients that are not connected because that is the plan.
    func end(
        second: Int, startedAtMilliseconds: Int64, durationNanoseconds: UInt64, counts: LoadTotals, connected: Int,
        away: Int = 0
    ) {
        self.second = second
        self.startedAtMilliseconds = startedAtMilliseconds
        self.durationNanoseconds = durationNanoseconds
        self.counts = counts
        self.connected = connected
        self.away = away
    }

    /// Adds the same second of another loop.
    func merge(_ other: LoadSecond) {
        latency.merge(other.latency)
        scheduleLag.merge(other.scheduleLag)
        durationNanoseconds = max(durationNanoseconds, other.durationNanoseconds)
        counts.merge(other.counts)
        connected += other.connected
        away += other.away
    }

    /// Cost: walks the histograms several times, about 200 µs.
    package func record() -> IntervalRecord {
        let summary = latency.summary()
        let lag = scheduleLag.percentile(99)
        return IntervalRecord(
            second: second, published: Int(counts.published), received: Int(counts.received),
            latencyP50Nanoseconds: summary.p50Nanoseconds, latencyP99Nanoseconds: summary.p99Nanoseconds,
            connected: connected, startedAt: WallClock.iso8601(millisecondsSinceEpoch: startedAtMilliseconds),
            durationNanoseconds: Int(durationNanoseconds), expected: Int(truncatingIfNeeded: counts.expected),
            lost: Int(counts.lost),
            duplicated: Int(counts.duplicated), reordered: Int(counts.reordered),
            receivedBytes: Int(clamping: counts.receivedBytes), latencyP90Nanoseconds: summary.p90Nanoseconds,
            latencyMaxNanoseconds: summary.maxNanoseconds,
            scheduleLagP99Nanoseconds: counts.published > 0 ? Int(clamping: lag) : nil, away: away)
    }
}
