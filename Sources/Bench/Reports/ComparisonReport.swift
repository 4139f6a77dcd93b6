import Recording

/// A comparison as people read it: what was measured, then a table for each load with its warnings below.
package struct ComparisonReport {
    private static let columns: [TextTable.Column] = [
        .init("arm", .left), .init("CPU/delivery"), .init("ratio [95 %]"), .init("over sets"), .init("deliveries/s"),
        .init("ratio [95 %]"), .init("server busy"), .init("load busy"), .init("completion p50"), .init("p99"),
        .init("per read"),
    ]

    private let comparison: Comparison
    private let analysis: ComparisonAnalysis

    package init(_ result: ComparisonResult) {
        comparison = result.comparison
        analysis = result.analysis
    }

    package func text() -> String {
        let width = facts.reduce(0) { max($0, $1.name.count) }
        let header = facts.map { $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.value }
        let loads = analysis.loads.map { load in
            ["\(load.load)"] + table(load).lines() + remarks(load).map { "  " + $0 }
        }
        return Document.text([header] + loads + [closing])
    }

    package func markdown() -> String {
        let bullets = { (lines: [String]) in lines.map { "- " + $0 } }
        let arms = TextTable(
            columns: [.init("arm", .left), .init("path", .left), .init("command", .left)],
            rows: comparison.arms.map { [$0.name, "`\($0.path)`", "`\($0.command)`"] })
        let loads = analysis.loads.flatMap { load in
            [["## \(load.load)"], table(load).markdownLines(), bullets(remarks(load))]
        }
        return Document.text(
            [
                ["# Comparison of \(names.joined(separator: ", "))"],
                bullets(facts.map { "\($0.name): \($0.value)" }), arms.markdownLines(),
            ] + loads + [bullets(closing)])
    }

    private var names: [String] { comparison.arms.map(\.name) }

    private var facts: [(name: String, value: String)] {
        let machine = comparison.machine
        let blocks = comparison.sets.map { set in Set(set.slices.map(\.block)).count }.max() ?? 0
        return [
            ("started", comparison.startedAt),
            ("compared", "\(names.joined(separator: ", ")); ratios are to \(names.first ?? "the first")"),
            (
                "measured",
                "\(Set(comparison.sets.map(\.set)).count) fresh sets of processes × \(blocks) slices of "
                    + "\(HumanFormat.nanoseconds(comparison.sliceNanoseconds)) for each arm and load, "
                    + "in \(HumanFormat.nanoseconds(comparison.durationNanoseconds)), seed \(comparison.seed)"
            ),
            (
                "machine",
                "\(machine.cpu), \(machine.cores) cores, \(machine.kernel), commit \(machine.commit ?? "unknown")"
            ),
            (
                "pinning",
                "servers on \(Self.cores(comparison.serverCPUs)), load on \(Self.cores(comparison.loadCPUs)) "
                    + "(\(comparison.generatorIO), reads of at most \(HumanFormat.bytes(comparison.generatorReadBytes)))"
            ),
        ]
    }

    private var closing: [String] {
        let warnings =
            analysis.warnings.map(\.text) + [
                "Figures are totals over all slices; ratios are those of slices of the same block, which leave drift out."
            ]
        guard comparison.serverCPUs.count == 1 else { return warnings }
        return warnings + ["The servers had one core: what several loops cost together does not show here."]
    }

    private func table(_ load: LoadAnalysis) -> TextTable {
        TextTable(columns: Self.columns, rows: load.arms.map(cells))
    }

    private func cells(_ arm: ArmAnalysis) -> [String] {
        let ratios = arm.againstFirst.flatMap { $0.isConclusive ? $0 : nil }
        let missing = arm.againstFirst == nil ? "1" : "inconclusive"
        return [
            arm.name,
            arm.serverCPUNanosecondsPerDelivery.map(Self.nanoseconds) ?? "n/a",
            ratios?.serverCPUPerDelivery.map(Self.ratioWithInterval) ?? missing,
            ratios?.serverCPUPerDelivery.map(Self.spread) ?? "",
            arm.deliveriesPerSecond.map(HumanFormat.rate) ?? "n/a",
            ratios?.deliveriesPerSecond.map(Self.ratioWithInterval) ?? missing,
            arm.serverBusyFraction.map(HumanFormat.percent) ?? "n/a",
            arm.generatorBusyFraction.map(HumanFormat.percent) ?? "n/a",
            Self.completion(arm.completionP50Nanoseconds, ratios?.completionP50),
            Self.completion(arm.completionP99Nanoseconds, ratios?.completionP99),
            arm.deliveriesPerRead.map { HumanFormat.decimal($0, places: 1) } ?? "n/a",
        ]
    }

    /// What stands below a load's table: how much it could have seen, and its warnings.
    private func remarks(_ load: LoadAnalysis) -> [String] {
        let effects = load.arms.compactMap { arm -> String? in
            guard let ratios = arm.againstFirst, ratios.isConclusive,
                let effect = ratios.serverCPUPerDelivery?.smallestDetectableEffect
            else { return nil }
            return "\(HumanFormat.decimal(effect * 100, places: 1)) % (\(arm.name))"
        }
        let list = effects.joined(separator: ", ")
        let seen = effects.isEmpty ? [] : ["smallest change of CPU/delivery that shows, 4 times in 5: \(list)"]
        return seen + ComparisonWarning.lines(load.warnings)
    }

    private static func cores(_ cores: [Int]) -> String {
        guard !cores.isEmpty else { return "any core" }
        return (cores.count == 1 ? "core " : "cores ") + cores.map(String.init).joined(separator: ", ")
    }

    /// In one unit throughout, so that the column can be read downwards.
    private static func nanoseconds(_ value: Double) -> String {
        HumanFormat.count(Int(exactly: value.rounded()) ?? .max) + " ns"
    }

    private static func ratioWithInterval(_ estimate: RatioEstimate) -> String {
        guard let interval = estimate.interval else { return ratio(estimate.ratio) }
        return "\(ratio(estimate.ratio)) [\(ratio(interval.low)), \(ratio(interval.high))]"
    }

    private static func spread(_ estimate: RatioEstimate) -> String {
        "\(ratio(estimate.setMinimum))–\(ratio(estimate.setMaximum))"
    }

    private static func completion(_ nanoseconds: Int?, _ estimate: RatioEstimate?) -> String {
        guard let nanoseconds else { return "n/a" }
        return HumanFormat.nanoseconds(nanoseconds) + (estimate.map { " ×" + ratio($0.ratio) } ?? "")
    }

    /// Fine enough for differences of half a percent: `0.0512`, `0.823`, `1.132`, `20.5`.
    private static func ratio(_ value: Double) -> String {
        HumanFormat.decimal(value, places: value < 0.1 ? 4 : value < 10 ? 3 : 1)
    }
}
