import Recording

/// What one server needs for a broadcast, counted in lock step.
package struct ExactFigures: Codable, Equatable, Sendable {
    package var rounds: Int
    /// By the names of `ExactCount`; those that the server does not report are missing.
    package var counts: [String: RoundCounts]
    /// Nil where there is no tool to count with.
    package var outside: OutsideCount?
    /// The interface to the kernel that could be had: with another one, counts are other counts.
    package var io: String
    /// What could not be counted, and why.
    package var notes: [String]

    package init(
        rounds: Int, counts: [String: RoundCounts], outside: OutsideCount?, io: String, notes: [String]
    ) {
        self.rounds = rounds
        self.counts = counts
        self.outside = outside
        self.io = io
        self.notes = notes
    }

    package subscript(count: ExactCount) -> RoundCounts? {
        // A server's own count is that of the median round, and held against the kernel's (`contradiction`).
        counts[count.rawValue] ?? (count == .systemCalls ? outside?.counts : nil)
    }

    /// Why the figures cannot be believed, if so.
    var contradiction: String? {
        guard let outside, outside.isContradicted, let disagreement = outside.disagreementPerRound else { return nil }
        let calls = HumanFormat.decimal(abs(disagreement), places: 1)
        return
            "\(outside.tool) saw \(calls) system calls a round \(disagreement > 0 ? "more" : "fewer") than it counted itself"
    }
}
