import Recording

/// What a gate says about one metric: an element of `metrics` in `verdict.json`.
package struct MetricResult: Codable, Equatable, Sendable {
    package var name: String
    package var kind: GateMetric.Kind
    package var better: GateMetric.Better
    package var unit: String
    /// Each arm's own figure: nanoseconds a delivery, bytes a client, and so on.
    @ExplicitNull package var baseline: Double?
    @ExplicitNull package var candidate: Double?
    /// Candidate over baseline, less one, in percent; for a count candidate less baseline, in its unit. Null where there
    /// are too few pairs of processes to tell.
    @ExplicitNull package var changePercent: Double?
    /// Bounds of the change, in the same unit. The one on the bad side excludes what matters, the one on the good side
    /// that there is nothing: each holds with its own certainty (`GateErrors`).
    @ExplicitNull package var low: Double?
    @ExplicitNull package var high: Double?
    package var decision: MetricDecision
    /// The smallest change that matters, in the unit.
    package var minimumEffect: Double
    /// The change that this run would have called a regression four times in five, in the unit.
    @ExplicitNull package var smallestDetectableEffect: Double?
    /// Whether the verdict depends on it.
    package var isDeciding: Bool
    package var isRequired: Bool
    /// Pairs of processes that said something; rounds for a count.
    package var samples: Int

    init(_ metric: GateMetric, minimumEffect: Double, isDeciding: Bool, samples: Int) {
        name = metric.name
        kind = metric.kind
        better = metric.better
        unit = metric.unit
        isRequired = metric.isRequired
        decision = isDeciding ? .inconclusive : .undecided
        self.minimumEffect = minimumEffect
        self.isDeciding = isDeciding
        self.samples = samples
        _baseline = ExplicitNull(wrappedValue: nil)
        _candidate = ExplicitNull(wrappedValue: nil)
        _changePercent = ExplicitNull(wrappedValue: nil)
        _low = ExplicitNull(wrappedValue: nil)
        _high = ExplicitNull(wrappedValue: nil)
        _smallestDetectableEffect = ExplicitNull(wrappedValue: nil)
    }
}
