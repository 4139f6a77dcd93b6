import Recording

/// What follows from a comparison's raw records: for each load every arm's figures, and its ratios to the first arm.
package struct ComparisonAnalysis: Codable, Equatable, Sendable {
    /// By message size, then clients, then messages in flight: the order of measurement is chance.
    package let loads: [LoadAnalysis]
    /// Those that are about the whole comparison; each load has its own as well.
    package let warnings: [ComparisonWarning]

    /// - Throws: `HistogramDecodingError` where a record is damaged.
    package init(_ comparison: Comparison) throws(HistogramDecodingError) {
        let sets = comparison.sharesCores ? comparison.sets.map(\.withoutWaits) : comparison.sets
        let setsByLoad = Dictionary(grouping: sets, by: \.load)
        let order = { (load: SliceLoad) in (load.messageBytes, load.clients, load.inFlight) }
        var loads: [LoadAnalysis] = []
        for (load, sets) in setsByLoad.sorted(by: { order($0.key) < order($1.key) }) {
            loads.append(try LoadAnalysis(load, sets, arms: comparison.arms.map(\.name)))
        }
        self.loads = loads
        warnings = Self.warnings(comparison)
    }

    private static func warnings(_ comparison: Comparison) -> [ComparisonWarning] {
        var warnings = comparison.failure.map { [ComparisonWarning(.endedEarly, "ended early: \($0)")] } ?? []
        if comparison.sharesCores {
            warnings.append(
                ComparisonWarning(
                    .sharedCores,
                    "shared cores: servers and load wait for one another, so no slice is set aside for waiting"))
        }
        if comparison.interrupted { warnings.append(ComparisonWarning(.endedEarly, "ended early: interrupted")) }
        return warnings
    }
}
