import Glibc
import Recording
import Transport

/// Spends what `InjectedCosts` says, on the loop whose thread calls.
final class CostInjector {
    private let costs: InjectedCosts
    private var seenBroadcasts: UInt64 = 0
    /// Up to where the thread's time has been seen to; nil before the first round, when it is not its time yet.
    private var settledCPUNanoseconds: UInt64?
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

    /// The share of what the thread has used since the last time: the sends of a round are in the next one's.
    private func burn() {
        guard costs.cpuShare > 0 else { return }
        var now = ThreadClock.cpuNanoseconds()
        if let settledCPUNanoseconds {
            let end = now + UInt64(Double(now - settledCPUNanoseconds) * costs.cpuShare)
            while now < end { now = ThreadClock.cpuNanoseconds() }
        }
        settledCPUNanoseconds = now
    }
}
