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

    package init(
        cpuNanosecondsPerDelivery: Double?, scheduleLagP99Nanoseconds: Int, verdict: GeneratorVerdict,
        reasons: [String], busyFraction: Double, waitingFraction: Double, receiveDelayP99Nanoseconds: Int,
        receiveModerationNanoseconds: Int
    ) {
        self.cpuNanosecondsPerDelivery = cpuNanosecondsPerDelivery
        self.scheduleLagP99Nanoseconds = scheduleLagP99Nanoseconds
        self.verdict = verdict
        self.reasons = reasons
        self.busyFraction = busyFraction
        self.waitingFraction = waitingFraction
        self.receiveDelayP99Nanoseconds = receiveDelayP99Nanoseconds
        self.receiveModerationNanoseconds = receiveModerationNanoseconds
    }
}
