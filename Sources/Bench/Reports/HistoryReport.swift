import Recording

/// A history as people read it: each commit with what its gate said, and where a metric went over to a new level.
package struct HistoryReport {
    private static let stepMark = "◆ "

    /// The newest ones, so many at the most: more points would be a line, and looking for steps among them take minutes.
    static let mostCommits = 200

    let lines: [HistoryLine]
    private let olderCount: Int
    let series: [HistorySeries]

    package init(_ lines: [HistoryLine]) {
        let newest = Array(lines.suffix(Self.mostCommits))
        self.lines = newest
        olderCount = lines.count - newest.count
        series = HistorySeries.all(newest)
    }

    package func text() -> String {
        Document.text([[summary], table.lines(), remarks])
    }

    package func markdown() -> String {
        var escaped = table
        escaped.rows = table.rows.map { $0.map(MarkdownText.escaped) }
        let heading = escaped.columns.map { TextTable.Column(MarkdownText.escaped($0.heading), $0.alignment) }
        return Document.text([
            ["## History"], [MarkdownText.escaped(summary)],
            TextTable(columns: heading, rows: escaped.rows).markdownLines(),
            remarks.map { "- " + MarkdownText.escaped($0) },
        ])
    }

    /// A record for each commit and metric.
    package func commaSeparated() -> String { Self.commaSeparated([self]) }

    static func commaSeparated(_ reports: [HistoryReport]) -> String {
        let header = [
            "commit", "baselineCommit", "at", "verdict", "metric", "kind", "better", "unit", "deciding", "candidate",
            "change", "low", "high", "decision", "level", "step",
        ]
        return CommaSeparated.text(header: header, reports.flatMap(\.records))
    }

    private var records: [[String]] {
        lines.enumerated().flatMap { number, line in
            line.metrics.map { metric in
                let series = series.first { $0.name == metric.name }
                let place = series?.points.firstIndex { $0.line == number }
                let step = series?.steps.first { $0.point == place }
                return [
                    line.commit, line.baselineCommit ?? "", line.at, line.verdict.rawValue, metric.name,
                    metric.kind.rawValue, metric.better.rawValue, metric.unit, String(metric.isDeciding),
                ]
                    + [metric.candidate, metric.changePercent, metric.low, metric.high].map(CommaSeparated.number)
                    + [
                        metric.decision.rawValue, CommaSeparated.number(place.flatMap { series?.points[$0].value }),
                        CommaSeparated.number(step?.change),
                    ]
            }
        }
    }

    var summary: String {
        let verdicts = GateVerdict.allCases.compactMap { verdict in
            let count = lines.count { $0.verdict == verdict }
            return count == 0 ? nil : "\(HumanFormat.count(count)) \(verdict.rawValue)"
        }
        guard let first = lines.first, let last = lines.last else { return "no commits" }
        let commits = lines.count == 1 ? "1 commit" : "\(HumanFormat.count(lines.count)) commits"
        let older = olderCount > 0 ? " (\(HumanFormat.count(olderCount)) older ones are left out)" : ""
        return "\(commits), \(first.shortDate) to \(last.shortDate): \(verdicts.joined(separator: ", "))\(older)"
    }

    /// Of the metrics that decide and change, newest commit last.
    var table: TextTable {
        let shown = series.filter { $0.isDeciding && !isConstant($0) }
        var table = TextTable(
            columns: [.init("commit", .left), .init("date", .left), .init("verdict", .left)]
                + shown.map { .init(PlainText.oneLine($0.name)) })
        for (number, line) in lines.enumerated() {
            table.rows.append(
                [line.shortCommit, line.shortDate, line.verdict.rawValue]
                    + shown.map { series in
                        let change = line.metrics.first { $0.name == series.name }?.changeText ?? ""
                        let isStep = series.steps.contains { series.points[$0.point].line == number }
                        return (isStep ? Self.stepMark : "") + change
                    })
        }
        return table
    }

    var remarks: [String] {
        let steps = series.flatMap { series in
            series.steps.map { step in
                let line = lines[series.points[step.point].line]
                let isWorse = (step.change > 0) == (series.better == .lower)
                return Self.stepMark
                    + "\(PlainText.oneLine(series.name)): \(MetricText.signed(step.change, isCount: series.kind == .exact)) "
                    + "(\(isWorse ? "worse" : "better")) from \(line.shortCommit) on, \(line.shortDate)"
            }
        }
        let constant = series.filter { $0.isDeciding && isConstant($0) }.map { PlainText.oneLine($0.name) }
        let machines = Set(lines.map { "\($0.machine.cpu), \($0.machine.cores) cores, \($0.machine.kernel)" })
        return (steps.isEmpty ? ["no metric went over to a new level"] : steps)
            + (constant.isEmpty ? [] : ["the same for every commit: \(constant.joined(separator: ", "))"])
            + (machines.count > 1
                ? ["measured on \(machines.count) machines: changes compare, what was measured itself does not"] : [])
    }

    private func isConstant(_ series: HistorySeries) -> Bool {
        series.kind == .exact && Set(series.points.map(\.value)).count == 1
            && series.points.allSatisfy { $0.metric.changePercent == 0 }
    }
}
