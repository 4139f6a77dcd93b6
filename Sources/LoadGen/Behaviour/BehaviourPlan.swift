import Recording

/// How some of a run's clients behave differently from the others, which connect, stay, and read all that comes.
///
/// Slow readers are the last of the clients. They are not expected to receive anything, so who hears what is exact
/// whatever the server does with them.
package struct BehaviourPlan: Sendable, Equatable {
    package var slowReaders = 0
    /// What each of them reads, at least 1; nil for nothing at all.
    package var slowReadBytesPerSecond: Int?
    /// Clients that close and connect again at once, within `ConstantPacer.allowedRatesPerSecond`; nil for none.
    package var churnPerSecond: Double?
    /// Clients that are gone without a word; the same bounds.
    package var vanishPerSecond: Double?
    package var storms: [StormWave] = []

    package init() {}

    /// Whether clients leave while the run goes on.
    package var hasDepartures: Bool { churnPerSecond != nil || vanishPerSecond != nil || !storms.isEmpty }

    var record: BehaviourRecord? {
        guard self != BehaviourPlan() else { return nil }
        return BehaviourRecord(
            slowReaders: slowReaders, slowReadBytesPerSecond: slowReadBytesPerSecond, churnPerSecond: churnPerSecond,
            vanishPerSecond: vanishPerSecond, storms: storms.map(\.text))
    }
}
