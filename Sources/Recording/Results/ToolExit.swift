/// How a command ends, for scripts and CI: the one place where the exit codes stand.
package enum ToolExit: Int32, Sendable, CaseIterable {
    /// Passed, or improved.
    case pass = 0
    /// The tool, or what it ran, failed.
    case failed = 1
    /// A regression, a failed threshold, a target not met.
    case notMet = 2
    case inconclusive = 3
    /// No baseline, or one that cannot be compared.
    case incomparable = 4
    /// The measurement says nothing: generator saturated, deliveries lost, server died.
    case invalid = 5
    case wrongUsage = 64

    private static let precedence: [ToolExit] = [
        .wrongUsage, .failed, .invalid, .notMet, .inconclusive, .incomparable, .pass,
    ]

    /// The one to end with where several apply.
    package static func mostSevere(_ exits: some Sequence<ToolExit>) -> ToolExit {
        let present = Set(exits)
        return precedence.first { present.contains($0) } ?? .pass
    }
}
