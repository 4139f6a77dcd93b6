import Recording

/// What part of some time a thread of the generator had the core, and what part of it it wanted one and had none.
///
/// Pure.
struct GeneratorShare: Equatable {
    /// Of a core, 0...1.
    let busyFraction: Double
    /// Ready to run and without a core, 0...1. It may pass 1 by what the kernel counts late.
    let waitingFraction: Double

    static let zero = GeneratorShare(busyFraction: 0, waitingFraction: 0)

    init(busyFraction: Double, waitingFraction: Double) {
        self.busyFraction = busyFraction
        self.waitingFraction = waitingFraction
    }

    /// Of the time between two readings of one thread.
    ///
    /// - Parameter cores: of the machine. What the hypervisor took is known for all of them together; one thread is
    ///   charged its core's part.
    init(from start: GeneratorUsage, to end: GeneratorUsage, cores: Int) {
        let elapsed = Double(end.at - start.at)
        let used = Self.difference(start.cpuNanoseconds, end.cpuNanoseconds)
        let waited = Self.difference(start.runQueueWaitNanoseconds, end.runQueueWaitNanoseconds)
        let stolen = Self.difference(start.stealNanoseconds, end.stealNanoseconds) / Double(max(1, cores))
        busyFraction = elapsed > 0 ? used / elapsed : 0
        waitingFraction = elapsed > 0 ? (waited + stolen) / elapsed : 0
    }

    /// Of counters that only grow; a file that could not be read the second time counts as no change.
    private static func difference(_ start: UInt64, _ end: UInt64) -> Double {
        end > start ? Double(end - start) : 0
    }
}
