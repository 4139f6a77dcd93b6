/// How the load generator itself fared, and whether it was the bottleneck.
package struct GeneratorFigures: Codable, Equatable, Sendable {
    /// Null without deliveries.
    @ExplicitNull package var cpuNanosecondsPerDelivery: Double?
    /// How late messages left, against the schedule.
    package var scheduleLagP99Nanoseconds: Int
    package var verdict: GeneratorVerdict
    /// Why it is saturated, each with its figures; empty when it is not.
    package var reasons: [String]
    /// Of a core, 0...1, of the busiest thread.
    package var busyFraction: Double
    /// Share of the run in which a thread was ready but had no core, 0...1, steal included.
    package var waitingFraction: Double
    /// How long received data waited before it was read.
    package var receiveDelayP99Nanoseconds: Int
    /// By how much a delivery's latency may be too long since the generator gathered what it read; 0 where it did not.
    package var receiveModerationNanoseconds: Int
    /// How long what came at any millisecond of the measured part had to wait for the loop's turn to end; null where
    /// nothing was measured.
    @ExplicitNull package var loopLagP99Nanoseconds: Int?
    /// Bytes that were waiting on a connection when a read came to it, of a sample; null where there was none.
    @ExplicitNull package var receiveBacklogP99Bytes: Int?
    @ExplicitNull package var receiveBacklogMaxBytes: Int?
    /// How long messages lay in the kernel before they were read, by its own stamps; null where it was to give none.
    /// Part of each latency: the rest is the network's and the server's.
    @ExplicitNull package var receiveQueue: ReceiveQueueFigures?

    package init(
        cpuNanosecondsPerDelivery: Double?, scheduleLagP99Nanoseconds: Int, verdict: GeneratorVerdict,
        reasons: [String], busyFraction: Double, waitingFraction: Double, receiveDelayP99Nanoseconds: Int,
        receiveModerationNanoseconds: Int, loopLagP99Nanoseconds: Int? = nil, receiveBacklogP99Bytes: Int? = nil,
        receiveBacklogMaxBytes: Int? = nil, receiveQueue: ReceiveQueueFigures? = nil
    ) {
        self.cpuNanosecondsPerDelivery = cpuNanosecondsPerDelivery
        self.scheduleLagP99Nanoseconds = scheduleLagP99Nanoseconds
        self.verdict = verdict
        self.reasons = reasons
        self.busyFraction = busyFraction
        self.waitingFraction = waitingFraction
        self.receiveDelayP99Nanoseconds = receiveDelayP99Nanoseconds
        self.receiveModerationNanoseconds = receiveModerationNanoseconds
        self.loopLagP99Nanoseconds = loopLagP99Nanoseconds
        self.receiveBacklogP99Bytes = receiveBacklogP99Bytes
        self.receiveBacklogMaxBytes = receiveBacklogMaxBytes
        self.receiveQueue = receiveQueue
    }
}
