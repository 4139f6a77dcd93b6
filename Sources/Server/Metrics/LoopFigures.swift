import Recording
import Synchronization

/// What one loop counts about its work: always on, written by the loop's thread, read by any.
///
/// Relaxed throughout: each figure stands for itself.
final class LoopFigures: Sendable {
    /// TCP connections assigned to this loop; raised by whoever accepts.
    let assignedConnections = Atomic<Int>(0)
    let broadcasts = SingleWriterCounter()
    let deliveries = SingleWriterCounter()
    let deliveredBytes = SingleWriterCounter()
    let missedMessages = SingleWriterCounter()
    /// Bytes written as frames, and bytes of those that the sequencer appended to logs.
    let copiedBytes = SingleWriterCounter()
    let appendedBytes = SingleWriterCounter()
    /// Messages and requests taken in, and those of them that were refused.
    let handled = SingleWriterCounter()
    let refused = SingleWriterCounter()
    let recentBroadcasts = RollingWindow()
    /// Sampled: nanoseconds from accepted to handed to the kernel for the loop's last client.
    let recentLatency = RollingWindow()

    /// Sampled: from accepted to handed to the kernel for the loop's last client.
    let fanOutTime = DurationHistogram()
    /// From a complete request to its answer.
    let requestTime = DurationHistogram()

    func broadcastAccepted(_ count: Int, at now: MonotonicInstant) {
        broadcasts.add(UInt64(count))
        recentBroadcasts.add(count: UInt64(count), sum: 0, second: now.nanoseconds / 1_000_000_000)
    }

    func broadcastTook(since accepted: MonotonicInstant, until settled: MonotonicInstant) {
        let nanoseconds = UInt64(max(0, settled - accepted))
        recentLatency.add(count: 1, sum: nanoseconds, second: settled.nanoseconds / 1_000_000_000)
        fanOutTime.record(nanoseconds: nanoseconds)
    }

    func delivered(_ clients: Int, bytes: Int) {
        deliveries.add(UInt64(clients))
        deliveredBytes.add(UInt64(clients * bytes))
    }

    /// So much of a send that was counted did not go out.
    func cutShort(bytes: Int) { deliveredBytes.subtract(UInt64(max(0, bytes))) }

    func missed(_ count: UInt64) { missedMessages.add(count) }

    func tookIn() { handled.add(1) }

    func refuse() { refused.add(1) }
}
