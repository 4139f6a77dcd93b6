/// How the generator itself fared in the last second, for those who watch; the verdict is that of the whole run.
package struct GeneratorProgress: Equatable, Sendable {
    /// Of a core, 0...1, of the busiest thread.
    package var busyFraction: Double
    package var scheduleLagP99Nanoseconds: UInt64
    /// Since the run began: how long received data waited before it was read.
    package var receiveDelayP99Nanoseconds: UInt64
    /// Why the run would be called saturated if it were all like this second; empty where it would not.
    package var reasons: [String]

    package init(
        busyFraction: Double, scheduleLagP99Nanoseconds: UInt64, receiveDelayP99Nanoseconds: UInt64, reasons: [String]
    ) {
        self.busyFraction = busyFraction
        self.scheduleLagP99Nanoseconds = scheduleLagP99Nanoseconds
        self.receiveDelayP99Nanoseconds = receiveDelayP99Nanoseconds
        self.reasons = reasons
    }

    /// Of two loops the one that is worse off counts.
    mutating func merge(_ other: GeneratorProgress) {
        busyFraction = max(busyFraction, other.busyFraction)
        scheduleLagP99Nanoseconds = max(scheduleLagP99Nanoseconds, other.scheduleLagP99Nanoseconds)
        receiveDelayP99Nanoseconds = max(receiveDelayP99Nanoseconds, other.receiveDelayP99Nanoseconds)
        reasons += other.reasons
    }
}
