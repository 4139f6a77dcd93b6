import Recording

/// What a gate said about one metric of a commit.
package struct HistoryMetric: Codable, Equatable, Sendable {
    package var name: String
    package var kind: GateMetric.Kind
    package var better: GateMetric.Better
    package var unit: String
    /// The commit's own figure: nanoseconds a delivery, allocations a round, and so on.
    @ExplicitNull package var candidate: Double?
    /// As in `MetricResult`.
    @ExplicitNull package var changePercent: Double?
    @ExplicitNull package var low: Double?
    @ExplicitNull package var high: Double?
    /// Of the mean log-ratio, over pairs of processes; null for a count, and where there were fewer than two pairs.
    @ExplicitNull package var standardError: Double?
    package var decision: MetricDecision
    /// Whether the verdict depended on it.
    package var isDeciding: Bool

    /// - Parameter sets: the pairs of processes that the result was made of.
    init(_ result: MetricResult, _ sets: [GateSet]) {
        let logRatios = result.kind == .exact ? [] : sets.compactMap { $0.readings[result.name]?.logRatio }
        name = result.name
        kind = result.kind
        better = result.better
        unit = result.unit
        decision = result.decision
        isDeciding = result.isDeciding
        _candidate = ExplicitNull(wrappedValue: result.candidate)
        _changePercent = ExplicitNull(wrappedValue: result.changePercent)
        _low = ExplicitNull(wrappedValue: result.low)
        _high = ExplicitNull(wrappedValue: result.high)
        _standardError = ExplicitNull(
            wrappedValue: logRatios.count < 2 ? nil : MeanAndError(logRatios)?.standardError)
    }

    /// `+1.2 %`, or `+1` for a count.
    var changeText: String { changePercent.map { MetricText.signed($0, isCount: kind == .exact) } ?? "n/a" }
}
