import Recording

/// One gated commit: a line of a history, schema `broadside.history/1`.
package struct HistoryLine: Codable, Equatable, Sendable {
    /// The only schema that can be read: another one is a line that is none.
    package enum Schema: String, Codable, Sendable {
        case history = "broadside.history/1"
    }

    /// Of the machine, what figures depend on.
    package struct Machine: Codable, Equatable, Sendable {
        package var cpu: String
        package var cores: Int
        package var kernel: String
    }

    package var schema = Schema.history
    package var commit: String
    /// What it was compared with; null where that was given as a command.
    @ExplicitNull package var baselineCommit: String?
    /// When the gate began: ISO 8601.
    package var at: String
    package var verdict: GateVerdict
    package var budgetNanoseconds: Int
    package var machine: Machine
    package var metrics: [HistoryMetric]

    /// - Returns: nil where the result says nothing about a commit: without a revision or with changes to it, interrupted, or invalid.
    package init?(_ result: GateResult) {
        guard let commit = result.candidate.revision, !commit.hasSuffix(RevisionTree.changedMark), !result.interrupted,
            result.verdict != .invalid
        else { return nil }
        self.commit = commit
        _baselineCommit = ExplicitNull(wrappedValue: result.baseline.revision)
        at = result.startedAt
        verdict = result.verdict
        budgetNanoseconds = result.budgetNanoseconds
        machine = Machine(cpu: result.machine.cpu, cores: result.machine.cores, kernel: result.machine.kernel)
        metrics = result.metrics.map { HistoryMetric($0, result.sets) }
    }

    /// As people read it: the beginning of a commit's id.
    var shortCommit: String { Self.short(commit) }

    /// `2026-11-23 12:00`.
    var shortDate: String { PlainText.oneLine(at.replacing("T", with: " ").prefix(16)) }

    private static func short(_ commit: String) -> String {
        PlainText.oneLine(commit.prefix(commit.count >= 40 && commit.allSatisfy(\.isHexDigit) ? 10 : 24))
    }
}
