/// When a gate looks at what it has: at shares of its budget that are fixed before it begins, so that when it looks does
/// not depend on the ratios that it sees.
package struct LookSchedule: Sendable {
    static let shares = [0.3, 0.5, 0.7, 1.0]

    /// The share that was spent at the last look.
    private(set) var lastShare = 0.0

    package init() {}

    /// Whether it is time to look, after so much of the budget: the share that is then counted as spent.
    ///
    /// - Parameter share: of the budget that has passed.
    package mutating func due(at share: Double, isLast: Bool) -> (from: Double, to: Double)? {
        let reached = isLast ? 1 : Self.shares.last { $0 <= share } ?? 0
        guard reached > lastShare else { return nil }
        defer { lastShare = reached }
        return (lastShare, reached)
    }
}
