import Recording

/// A self-test as people read it: the gate's certificate.
package struct SelfTestReport {
    private static let columns: [TextTable.Column] =
        [.init("question", .left), .init("budget"), .init("runs")]
        + verdicts.map { .init($0.rawValue) } + [.init("median time"), .init("what that says, with 95 %", .left)]

    private static let verdicts: [GateVerdict] = [.pass, .improvement, .regression, .inconclusive, .invalid]

    private let records: [SelfTestRecord]
    private let pool: SelfTestPool

    /// - Parameter records: of one gate's code.
    package init(_ records: [SelfTestRecord]) {
        self.records = records
        pool = SelfTestPool(records)
    }

    package func text() -> String { Document.text([facts, table.lines(), effects.lines()]) }

    package func markdown() -> String {
        Document.text(
            [
                ["# What the gate can tell"],
                [
                    "Runs of `broadside gate --self-test`: servers that are the same, or differ by a cost that was injected, "
                        + "so that the right answer is known. The lines behind this are beside it; more runs can be added."
                ],
                facts.map { "- " + $0 }, table.markdownLines(), ["## Injected and measured"], effects.markdownLines(),
            ])
    }

    private var facts: [String] {
        let machines = Set(records.map { "\($0.cpu), \($0.kernel)" }).sorted()
        let times = records.map(\.at).sorted()
        let days = [times.first, times.last].compactMap { $0?.prefix(10) }.joined(separator: " to ")
        let pairs = records.reduce(0) { $0 + $1.pairs }
        let setAside = records.reduce(0) { $0 + $1.pairsSetAside }
        return [
            "gate \(GateCode.digest), \(HumanFormat.count(records.count)) runs, \(days.isEmpty ? "none yet" : days)",
            "machine: \(machines.isEmpty ? "none" : machines.joined(separator: "; "))",
            "pairs of slices set aside: "
                + (pairs > 0 ? HumanFormat.percent(Double(setAside) / Double(pairs)) : "none measured"),
        ]
    }

    private var table: TextTable {
        TextTable(
            columns: Self.columns,
            rows: pool.tallies.map { tally in
                [
                    tally.kind.rawValue, HumanFormat.nanoseconds(tally.kind.budgetNanoseconds),
                    "\(tally.runs) of \(tally.kind.goal)",
                ] + Self.verdicts.map { String(tally.count($0)) } + [
                    tally.medianNanoseconds.map { HumanFormat.nanoseconds($0) } ?? "", Self.meaning(tally),
                ]
            })
    }

    private static func meaning(_ tally: SelfTestPool.Tally) -> String {
        guard tally.runs > 0 else { return "" }
        let wanted = "\(tally.kind.wanted.rawValue) in at least \(share(tally.lowerBound(tally.kind.wanted)))"
        guard tally.kind.wanted == .pass else { return wanted }
        return "false alarm in at most \(share(tally.upperBound(.regression))), \(wanted)"
    }

    /// How near the gate's estimates came to what was injected, over all runs of a kind.
    private var effects: TextTable {
        let names = SliceMetric.all.map(\.metric).filter { $0.kind == .timing }.map(\.name)
        let kinds = SelfTestKind.allCases.filter { kind in records.contains { $0.kind == kind } }
        return TextTable(
            columns: [.init("mean change of", .left)] + names.map { .init($0) },
            rows: kinds.map { kind in
                [kind.rawValue]
                    + names.map { name in
                        let changes = records.filter { $0.kind == kind }.compactMap { $0.metrics[name]?.changePercent }
                        guard let spread = MeanAndError(changes) else { return "" }
                        let mean = HumanFormat.decimal(spread.mean, places: 2)
                        // One run does not say how far it may be off.
                        guard changes.count > 1 else { return "\(mean) %" }
                        return "\(mean) ± \(HumanFormat.decimal(spread.standardError, places: 2)) %"
                    }
            })
    }

    private static func share(_ value: Double) -> String { HumanFormat.decimal(value * 100, places: 1) + " %" }
}
