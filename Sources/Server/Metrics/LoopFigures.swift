import Recording
import Synchronization

/// What one loop counts about its work: always on, written by the loop's thread, read by any.
///
/// Relaxed throughout: each figure stands for itself.
final class LoopFigures: Sendable {
    /// TCP connections assigned to this loop; raised by whoever accepts.
    let assignedConnections = Atomic<Int>(0)
    let broadcasts = Atomic<UInt64>(0)
    let deliveries = Atomic<UInt64>(0)
    let deliveredBytes = Atomic<UInt64>(0)
    let missedMessages = Atomic<UInt64>(0)
    /// Messages and requests taken in, and those of them that were refused.
    let handled = Atomic<UInt64>(0)
    let refused = Atomic<UInt64>(0)
    let recentBroadcasts = RollingWindow()
    /// Sampled: nanoseconds from accepted to handed to the kernel for the loop's last client.
    let recentLatency = RollingWindow()

    func broadcastAccepted(_ count: Int, at now: MonotonicInstant) {
        broadcasts.add(UInt64(count), ordering: .relaxed)
        recentBroadcasts.add(count: UInt64(count), sum: 0, second: now.nanoseconds / 1_000_000_000)
    }

    func broadcastTook(since accepted: MonotonicInstant, until settled: MonotonicInstant) {
        recentLatency.add(
            count: 1, sum: UInt64(max(0, settled - accepted)), second: settled.nanoseconds / 1_000_000_000)
    }

    func delivered(_ clients: Int, bytes: Int) {
        deliveries.add(UInt64(clients), ordering: .relaxed)
        deliveredBytes.add(UInt64(clients * bytes), ordering: .relaxed)
    }

    /// So much of a send that was counted did not go out.
    func cutShort(bytes: Int) { deliveredBytes.subtract(UInt64(max(0, bytes)), ordering: .relaxed) }

    func missed(_ count: UInt64) { missedMessages.add(count, ordering: .relaxed) }

    func tookIn() { handled.add(1, ordering: .relaxed) }

    func refuse() { refused.add(1, ordering: .relaxed) }
}
