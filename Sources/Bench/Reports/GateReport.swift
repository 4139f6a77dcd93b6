import Recording

/// A gate's verdict as people read it: the verdict and why, then every metric with what was decided about it.
package struct GateReport {
    private static let columns: [TextTable.Column] = [
        .init("metric", .left), .init("baseline"), .init("candidate"), .init("change"), .init("between"),
        .init("decision", .left), .init("samples"),
    ]

    let result: GateResult

    package init(_ result: GateResult) { self.result = result }

    package func text() -> String {
        let width = facts.reduce(0) { max($0, $1.name.count) }
        let header = facts.map { fact in
            fact.name + String(repeating: " ", count: width - fact.name.count + 2) + PlainText.oneLine(fact.value)
        }
        let tables = groups.map { group in [group.heading] + table(group.metrics).lines() }
        return Document.text(
            [header] + tables + [remarks, ["verdict: \(result.verdict.rawValue)"] + result.reasons.map { "  \($0)" }])
    }

    package func markdown() -> String {
        let bullets = { (lines: [String]) in lines.map { "- " + MarkdownText.escaped($0) } }
        let tables = groups.map { group in
            var table = table(group.metrics)
            table.rows = table.rows.map { $0.map(MarkdownText.escaped) }
            return ["### \(group.heading)", ""] + table.markdownLines()
        }
        return Document.text(
            [["## \(Self.mark(result.verdict)) \(result.verdict.rawValue)"], bullets(result.reasons)] + tables
                + [
                    bullets(remarks), ["<details><summary>How this was measured</summary>"],
                    bullets(facts.map { "\($0.name): \($0.value)" }), ["</details>"],
                ])
    }

    var facts: [(name: String, value: String)] {
        let machine = result.machine
        return [
            ("baseline", Self.arm(result.baseline)), ("candidate", Self.arm(result.candidate)),
            (
                "measured",
                "\(result.sets.count) fresh pairs of processes in \(HumanFormat.nanoseconds(result.durationNanoseconds)) of "
                    + "\(HumanFormat.nanoseconds(result.budgetNanoseconds)), seed \(result.seed)"
            ),
            (
                "machine",
                "\(machine.cpu), \(machine.cores) cores, \(machine.kernel), broadside \(machine.commit ?? "of unknown revision")"
            ),
        ]
    }

    var groups: [(heading: String, metrics: [MetricResult])] {
        let deciding = result.metrics.filter(\.isDeciding)
        let shown = result.metrics.filter { !$0.isDeciding }
        return [
            ("Counted in lock step, a round", deciding.filter { $0.kind == .exact }),
            ("Measured, deciding", deciding.filter { $0.kind != .exact }),
            ("Shown, not deciding", shown),
        ].filter { !$0.1.isEmpty }
    }

    var remarks: [String] {
        var remarks = result.notes
        let pairs = result.sets.reduce(0) { $0 + $1.pairs }
        let setAside = result.sets.reduce(0) { $0 + $1.pairsSetAside }
        if setAside > 0 {
            remarks.append(
                "\(HumanFormat.count(setAside)) of \(HumanFormat.count(pairs)) pairs of slices set aside: something else had "
                    + "a core")
        }
        if let outside = result.exact.last?.outside {
            remarks.append(
                "system calls counted by \(outside.tool)" + (outside.reported.isEmpty ? "" : " and by the server"))
        }
        if !result.interrupted, !result.sets.isEmpty, result.timingDecides {
            remarks.append(
                "what is worse by less than \(MetricText.percent(result.minimumEffectPercent)) passes; made for fewer false alarms "
                    + "than one in \(HumanFormat.count(Int((1 / result.errors.falseAlarm).rounded()))) runs")
        }
        return remarks
    }

    func table(_ metrics: [MetricResult]) -> TextTable {
        TextTable(columns: Self.columns, rows: metrics.map(Self.cells))
    }

    private static func cells(_ metric: MetricResult) -> [String] {
        [
            metric.name, MetricText.figure(metric.baseline, metric), MetricText.figure(metric.candidate, metric),
            MetricText.change(metric), MetricText.interval(metric), metric.decision.rawValue,
            HumanFormat.count(metric.samples),
        ]
    }

    private static func arm(_ arm: GateResult.Arm) -> String {
        (arm.revision.map { "\($0): " } ?? "") + arm.command
    }

    private static func mark(_ verdict: GateVerdict) -> String {
        switch verdict {
        case .pass, .improvement: "✅"
        case .regression, .invalid: "❌"
        case .inconclusive, .incomparable: "❔"
        }
    }
}
