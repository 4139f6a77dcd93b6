/// The counts of a run's deliveries, each delivery being one message at one client.
///
/// Invariant: once nothing is outstanding, `expected == received + lost`. Messages of the warm-up are in none
/// of them.
package struct DeliveryAccount: Equatable, Sendable {
    /// Clients joined at each publication, added up, less `withdrawn`.
    package var expected: UInt64 = 0
    /// First copies that arrived in time.
    package var received: UInt64 = 0
    /// Expected, and not arrived before the client left or the message was given up.
    package var lost: UInt64 = 0
    /// No longer in `expected`: the client left by itself before they arrived.
    package var withdrawn: UInt64 = 0
    /// Further copies.
    package var duplicated: UInt64 = 0
    /// Those of `received` that arrived after a later message of the same publisher.
    package var reordered: UInt64 = 0
    /// Copies that were not expected, as the client had not joined when the message was published, or has
    /// left.
    package var early: UInt64 = 0
    /// First copies that arrived after they had been counted as lost.
    package var expired: UInt64 = 0
    /// Messages of this run whose content is not what was sent.
    package var corrupted: UInt64 = 0
    /// Messages that are not of this run.
    package var unknown: UInt64 = 0
    /// The payloads of `unknown`, in bytes.
    package var unknownBytes: UInt64 = 0

    package init() {}

    /// Expected, neither received nor lost so far.
    package var outstanding: UInt64 { expected - received - lost }

    /// Adds the counts of another load loop or agent.
    package mutating func merge(_ other: DeliveryAccount) {
        expected += other.expected
        received += other.received
        lost += other.lost
        withdrawn += other.withdrawn
        duplicated += other.duplicated
        reordered += other.reordered
        early += other.early
        expired += other.expired
        corrupted += other.corrupted
        unknown += other.unknown
        unknownBytes += other.unknownBytes
    }
}
