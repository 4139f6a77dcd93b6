import Recording

extension TargetRow {
    /// A row for a documented time: the median decides, p99 and the longest stand beside it.
    static func latency(
        _ target: String, documentedNanoseconds: Double, documented: String, summary: LatencySummary,
        isJudged: Bool = true, invalidReasons: [String] = [], note: String = ""
    ) -> TargetRow {
        guard let median = summary.p50Nanoseconds else {
            return .invalid(target, documented, invalidReasons + ["nothing was measured"])
        }
        let isMet = Double(median) <= documentedNanoseconds
        var verdict = isJudged ? (isMet ? Verdict.met : .notMet) : .shown
        if !invalidReasons.isEmpty { verdict = .invalid }
        let notes = [note] + invalidReasons
        return TargetRow(
            target: target, documented: documented, measured: HumanFormat.nanoseconds(median),
            factor: documentedNanoseconds / Double(max(1, median)), p99Nanoseconds: summary.p99Nanoseconds,
            maxNanoseconds: summary.maxNanoseconds, verdict: verdict,
            note: notes.filter { !$0.isEmpty }.joined(separator: "; "))
    }

    static func invalid(_ target: String, _ documented: String, _ reasons: [String]) -> TargetRow {
        TargetRow(
            target: target, documented: documented, measured: "-", verdict: .invalid,
            note: reasons.joined(separator: "; "))
    }
}
