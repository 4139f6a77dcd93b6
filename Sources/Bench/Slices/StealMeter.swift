import Recording

/// Tells the hypervisor's share in one slice after the other on the cores that take part, with one reading for each.
///
/// What passed between two slices counts to the second of them; the kernel counts in ticks of 10 ms, which is coarser than
/// that. The engine's thread.
final class StealMeter {
    private let cores: [Int]
    private var last: UInt64

    /// - Parameter plan: says where servers and load run.
    init(_ plan: SlicePlan) {
        // Those that are not bound may be anywhere.
        cores = plan.serverCores.isEmpty || plan.loadCores.isEmpty ? [] : plan.serverCores + plan.loadCores
        last = SystemFigures.stealNanoseconds(ofCores: cores) ?? 0
    }

    /// Nanoseconds, over those cores, since the last call.
    func nanosecondsSinceLast() -> UInt64 {
        let now = SystemFigures.stealNanoseconds(ofCores: cores) ?? last
        defer { last = now }
        return now - min(last, now)
    }
}
