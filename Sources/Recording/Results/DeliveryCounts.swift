/// Each message counted at each client that should have it: `expected` is `received` plus `lost`.
package struct DeliveryCounts: Codable, Equatable, Sendable {
    package var expected: Int
    /// First copies.
    package var received: Int
    /// Missing when the grace time had passed.
    package var lost: Int
    /// Further copies.
    package var duplicated: Int
    /// Arrived after a later message of the same publisher.
    package var reordered: Int
    /// Not in `expected`: under way to clients that left by themselves. Null in results from before they could.
    @ExplicitNull package var withdrawn: Int?

    package init(
        expected: Int, received: Int, lost: Int, duplicated: Int, reordered: Int, withdrawn: Int? = nil
    ) {
        self.expected = expected
        self.received = received
        self.lost = lost
        self.duplicated = duplicated
        self.reordered = reordered
        self.withdrawn = withdrawn
    }
}
