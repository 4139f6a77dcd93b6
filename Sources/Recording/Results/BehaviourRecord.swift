/// How the clients of a run behaved by plan, where some of them did not just stay and read.
package struct BehaviourRecord: Codable, Equatable, Sendable {
    package var slowReaders: Int
    /// What each of them reads; null for nothing.
    @ExplicitNull package var slowReadBytesPerSecond: Int?
    @ExplicitNull package var churnPerSecond: Double?
    @ExplicitNull package var vanishPerSecond: Double?
    /// As given: `5s:50%`.
    package var storms: [String]

    package init(
        slowReaders: Int, slowReadBytesPerSecond: Int?, churnPerSecond: Double?, vanishPerSecond: Double?,
        storms: [String]
    ) {
        self.slowReaders = slowReaders
        self.slowReadBytesPerSecond = slowReadBytesPerSecond
        self.churnPerSecond = churnPerSecond
        self.vanishPerSecond = vanishPerSecond
        self.storms = storms
    }
}
