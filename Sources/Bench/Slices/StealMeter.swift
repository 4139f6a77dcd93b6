import Recording

/// Tells the hypervisor's share in one slice after the other, with one reading for each.
///
/// What passed between two slices counts to the second of them; the kernel counts in ticks of 10 ms, which is coarser than
/// that. The engine's thread.
final class StealMeter {
    private var last = SystemFigures.stealNanoseconds() ?? 0

    /// Nanoseconds, over all cores, since the last call.
    func nanosecondsSinceLast() -> UInt64 {
        let now = SystemFigures.stealNanoseconds() ?? last
        defer { last = now }
        return now - min(last, now)
    }
}
