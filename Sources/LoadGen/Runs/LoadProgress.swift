/// How a run is getting on, for those who watch it; about twice a second.
package struct LoadProgress: Sendable {
    package enum Stage: String, CaseIterable, Sendable {
        case connecting
        case warmup
        case measuring
        case grace
        /// Between two slices.
        case resting
        case closing
    }

    package var stage: Stage
    package var connected: Int
    package var clients: Int
    /// Of the measured part, so far.
    package var elapsedNanoseconds: UInt64
    package var durationNanoseconds: UInt64
    package var published: UInt64
    package var received: UInt64
    package var outstanding: Int
    package var deliveriesPerSecond: Double
    package var latencyP50Nanoseconds: UInt64
    package var latencyP99Nanoseconds: UInt64
    /// Whether the run would be called saturated if it ended now: its latencies are then not shown without a mark.
    package var isSaturated = false
    package var publishedPerSecond = 0.0
    /// Of the measured part so far, as everything that is counted here.
    package var expected: UInt64 = 0
    package var lost: UInt64 = 0
    package var duplicated: UInt64 = 0
    package var reordered: UInt64 = 0
    package var receivedBytes: UInt64 = 0
    /// Clients whose first connection failed.
    package var failed = 0
    /// Ends of connections that were not asked for.
    package var disconnected = 0
    /// In the last second; nil before it is over, and where nobody watches.
    package var generator: GeneratorProgress?

    /// Adds where another loop of the same run stands. Percentiles are not added: who has the histograms sets them.
    mutating func merge(_ other: LoadProgress) {
        stage = min(stage, other.stage)
        connected += other.connected
        clients += other.clients
        elapsedNanoseconds = min(elapsedNanoseconds, other.elapsedNanoseconds)
        published += other.published
        received += other.received
        outstanding += other.outstanding
        deliveriesPerSecond += other.deliveriesPerSecond
        isSaturated = isSaturated || other.isSaturated
        publishedPerSecond += other.publishedPerSecond
        expected += other.expected
        lost += other.lost
        duplicated += other.duplicated
        reordered += other.reordered
        receivedBytes += other.receivedBytes
        failed += other.failed
        disconnected += other.disconnected
        guard let theirs = other.generator else { return }
        if generator == nil { generator = theirs } else { generator?.merge(theirs) }
    }
}

extension LoadProgress.Stage: Comparable {
    /// In the order of a run: of several loops the one that is least far tells the stage.
    package static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
