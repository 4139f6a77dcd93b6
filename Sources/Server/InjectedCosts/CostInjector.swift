import Glibc
import Recording
import Transport

/// Spends what `InjectedCosts` says, on the loop whose thread calls.
final class CostInjector {
    private static let roundsPerMeasurement: UInt64 = 16

    private let costs: InjectedCosts
    private var seenBroadcasts: UInt64 = 0
    /// Rounds since the thread's time was last asked for: a system call, and so asked for in few of them.
    private var rounds: UInt64 = 0
    /// The thread's time then, and what has been burned since.
    private var measuredCPUNanoseconds: UInt64?
    private var burnedNanoseconds: UInt64 = 0
    private var nanosecondsPerRound: UInt64 = 0
    /// Where the last allocation was: the compiler may not leave out what it has to store.
    private(set) var lastAllocation: UnsafeMutableRawPointer?

    /// - Returns: nil where there is nothing to spend.
    init?(_ costs: InjectedCosts) {
        guard costs != InjectedCosts() else { return nil }
        self.costs = costs
    }

    /// - Parameter broadcasts: how many messages the loop has ever accepted.
    func turnEnded(broadcasts: UInt64, on loop: EventLoop) {
        let messages = broadcasts &- seenBroadcasts
        guard messages > 0 else { return }
        seenBroadcasts = broadcasts
        for _ in 0..<Int(messages) * costs.allocationsPerMessage { allocate() }
        for _ in 0..<costs.systemCallsPerRound {
            _ = getppid()
            loop.counters.kernelEntries += 1
        }
        burn()
    }

    private func allocate() {
        lastAllocation = .allocate(byteCount: 64, alignment: 16)
        lastAllocation?.deallocate()
    }

    /// The share of what a round has cost without it, over the rounds before.
    ///
    /// By the wall clock, which takes no system call: the thread runs while it burns.
    private func burn() {
        guard costs.cpuShare > 0 else { return }
        if rounds.isMultiple(of: Self.roundsPerMeasurement) { measure() }
        rounds += 1
        let end = MonotonicInstant.now().advanced(byNanoseconds: nanosecondsPerRound)
        while MonotonicInstant.now() < end {}
        burnedNanoseconds += nanosecondsPerRound
    }

    private func measure() {
        let now = ThreadClock.cpuNanoseconds()
        if let measuredCPUNanoseconds {
            let spent = now - measuredCPUNanoseconds
            let own = Double(spent - min(spent, burnedNanoseconds))
            nanosecondsPerRound = UInt64(own / Double(Self.roundsPerMeasurement) * costs.cpuShare)
        }
        measuredCPUNanoseconds = now
        burnedNanoseconds = 0
    }
}
