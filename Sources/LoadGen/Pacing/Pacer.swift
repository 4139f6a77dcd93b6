/// A schedule of intended send times: what an open loop owes the server, whatever the server does.
///
/// Messages are numbered from zero. Latency counts from the intended time, so a schedule depends on the clock
/// and on nothing else: neither on what was sent nor on what came back.
///
/// Invariants: `intendedNanoseconds(of:)` never decreases with the index, and `due(atNanoseconds:)` is the
/// number of indices whose intended time has come. Both are asked with arguments that never decrease, and are
/// `mutating`, so that a schedule whose gaps are random can keep its place in the sequence.
package protocol Pacer {
    /// The time at which message `index` should be sent, in nanoseconds since the run's start.
    mutating func intendedNanoseconds(of index: UInt64) -> UInt64

    /// How many messages are intended up to and including `elapsedNanoseconds` since the run's start.
    mutating func due(atNanoseconds elapsedNanoseconds: UInt64) -> UInt64
}
