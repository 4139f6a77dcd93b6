import Recording

/// The verdict as a page, and as comma-separated values.
extension GateReport {
    package func html() -> String {
        HTMLPage.text(title: "Broadside: \(result.verdict.rawValue)", body: section())
    }

    /// A record for each metric.
    package func commaSeparated() -> String { Self.commaSeparated([result]) }

    static func commaSeparated(_ results: [GateResult]) -> String {
        let header = [
            "metric", "kind", "better", "unit", "deciding", "baseline", "candidate", "change", "low", "high",
            "decision", "minimumEffect", "smallestDetectableEffect", "samples", "verdict", "baselineCommit",
            "candidateCommit", "startedAt",
        ]
        let records = results.flatMap { result in
            result.metrics.map { metric in
                [
                    metric.name, metric.kind.rawValue, metric.better.rawValue, metric.unit,
                    String(metric.isDeciding),
                ]
                    + [metric.baseline, metric.candidate, metric.changePercent, metric.low, metric.high].map(
                        CommaSeparated.number)
                    + [
                        metric.decision.rawValue, CommaSeparated.number(metric.minimumEffect),
                        CommaSeparated.number(metric.smallestDetectableEffect), String(metric.samples),
                        result.verdict.rawValue, result.baseline.revision ?? "", result.candidate.revision ?? "",
                        result.startedAt,
                    ]
            }
        }
        return CommaSeparated.text(header: header, records)
    }

    func section() -> [String] {
        let verdict = result.verdict.rawValue
        return ["<p>The verdict is <b class=\"\(verdict)\">\(verdict)</b>.</p>"] + HTMLPage.list(result.reasons)
            + groups.flatMap { group in
                [HTMLPage.heading(group.heading)]
                    + HTMLPage.table(
                        table(group.metrics),
                        rowClasses: group.metrics.map {
                            $0.decision == .pass || !$0.isDeciding ? "" : $0.decision.rawValue
                        })
            }
            + HTMLPage.list(remarks) + [HTMLPage.heading("How this was measured")]
            + HTMLPage.list(facts.map { "\($0.name): \($0.value)" })
    }
}
