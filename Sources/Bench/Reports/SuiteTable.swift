import Recording

/// A suite's rows as a table: for the terminal, and as Markdown for a code host.
package struct SuiteTable {
    private static let columns: [TextTable.Column] = [
        .init("target", .left), .init("documented"), .init("measured"), .init("factor"), .init("p99"), .init("max"),
        .init("verdict", .left),
    ]

    private let result: SuiteResult

    package init(_ result: SuiteResult) { self.result = result }

    package func text() -> String {
        let table = TextTable(columns: Self.columns, rows: result.rows.map(cells)).lines()
        var lines = Array(table.prefix(2))
        for (line, row) in zip(table.dropFirst(2), result.rows) {
            lines.append(line)
            if row.verdict == .invalid || row.verdict == .notMet { lines.append("    " + row.note) }
        }
        lines.append("")
        lines.append(summary)
        return lines.joined(separator: "\n") + "\n"
    }

    package func markdown() -> String {
        var lines = ["# Documented targets, measured", "", summary, ""]
        lines += TextTable(
            columns: Self.columns + [.init("note", .left)], rows: result.rows.map { cells($0) + [$0.note] }
        ).markdownLines()
        let machine = result.machine
        lines += [
            "",
            "A time is judged by its median; p99 and max stand beside it. The factor is how many times better than "
                + "documented. Servers are processes of their own with one event loop"
                + (machine.cores > 1 ? ", on a core of their own." : "."), "",
            "| machine | |", "|---|---|", "| processor | \(machine.cpu), \(machine.cores) cores |",
            "| memory | \(HumanFormat.bytes(machine.memoryBytes)) |", "| kernel | \(machine.kernel) |",
            "| system | \(machine.distribution) |", "| compiler | \(machine.compiler) |",
            "| I/O | \(machine.io) |", "| commit | \(machine.commit ?? "unknown") |",
            "| started | \(result.startedAt) |",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private func cells(_ row: TargetRow) -> [String] {
        [
            row.target, row.documented, row.measured, row.factor.map(Self.factor) ?? "",
            row.p99Nanoseconds.map { HumanFormat.nanoseconds($0) } ?? "",
            row.maxNanoseconds.map { HumanFormat.nanoseconds($0) } ?? "", row.verdict.rawValue,
        ]
    }

    /// Three digits are enough: `×1.02`, `×57.3`, `×1,240`.
    private static func factor(_ value: Double) -> String {
        if value >= 100 { return "×" + HumanFormat.count(Int(value.rounded())) }
        let decimals = value >= 10 ? 10.0 : 100.0
        let rounded = (value * decimals).rounded() / decimals
        return rounded == rounded.rounded() ? "×\(Int(rounded))" : "×\(rounded)"
    }

    private var summary: String {
        let judged = result.rows.filter { $0.verdict != .shown }
        let met = judged.filter { $0.verdict == .met }.count
        let invalid = judged.filter { $0.verdict == .invalid }.count
        let seconds = result.durationNanoseconds / 1_000_000_000
        var text = "\(met) of \(judged.count) targets met"
        if invalid > 0 { text += ", \(invalid) invalid" }
        if result.interrupted { text += ", interrupted" }
        return text + " (suite \(result.suite), \(seconds) s)"
    }
}
