/// What a `TruthServer` has seen and done: the truth that a load's result is held against.
struct TruthRecord: Sendable {
    /// Connections that were upgraded.
    var upgraded = 0
    var refused = 0
    /// Messages that came in.
    var messages = 0
    /// Those of them that the fault has befallen.
    var faultyMessages = 0
    /// Messages written to clients, copies included.
    var deliveries = 0
    /// From a message's arrival to the moment before it was handed to the kernel, for each delivery.
    var appliedNanoseconds: [UInt64] = []
    var pings = 0
    /// Pongs with the payload of a ping.
    var pongs = 0
    /// Close frames of clients.
    var closes = 0
    /// Connections that it has ended by plan.
    var ended = 0
    /// What clients did that RFC 6455 forbids.
    var violations: [String] = []

    /// The median of `appliedNanoseconds` by nearest rank, as the histograms have it; 0 without deliveries.
    var appliedP50Nanoseconds: UInt64 {
        let sorted = appliedNanoseconds.sorted()
        return sorted.isEmpty ? 0 : sorted[(sorted.count - 1) / 2]
    }
}
