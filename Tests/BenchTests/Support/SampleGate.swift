import Recording

@testable import Bench

/// Parts of a gate that nobody ran.
enum SampleGate {
    static func plan(baseline: String = "./before --port {port}", candidate: String = "./after --port {port}")
        -> GatePlan
    {
        let arm = { (name: String, command: String) in
            SlicePlan.Arm(name: name, path: "/relay", command: command) { _ in [] }
        }
        var plan = GatePlan(baseline: arm("baseline", baseline), candidate: arm("candidate", candidate))
        plan.slices.serverCores = [1]
        plan.slices.loadCores = [0]
        plan.seed = 42
        return plan
    }

    static func result(_ plan: GatePlan = plan()) -> GateResult {
        GateResult(plan, startedAt: "2026-11-23T12:00:00.000Z", machine: SyntheticComparison.machine)
    }

    /// A pair of processes in which the candidate's figures are so much above the baseline's.
    static func set(
        _ number: Int = 0, _ logRatios: [String: Double], baseline: Double = 4_000, candidate: Double = 4_000,
        pairsSetAside: Int = 0
    ) -> GateSet {
        GateSet(
            set: number,
            readings: logRatios.mapValues {
                GateSet.Reading(baseline: baseline, candidate: candidate, logRatio: $0)
            }, pairs: 100, pairsSetAside: pairsSetAside)
    }

    static func sets(_ name: String, _ logRatios: [Double]) -> [GateSet] {
        logRatios.enumerated().map { set($0, [name: $1]) }
    }

    /// A timing that decides, unless told otherwise.
    static func metric(
        _ name: String = "cpu.inFlight1", _ decision: MetricDecision, kind: GateMetric.Kind = .timing,
        better: GateMetric.Better = .lower, unit: String = "percent", isRequired: Bool = false,
        isDeciding: Bool = true, change: Double? = nil, low: Double? = nil, high: Double? = nil,
        baseline: Double? = nil, candidate: Double? = nil, smallestDetectableEffect: Double? = nil, samples: Int = 9
    ) -> MetricResult {
        var result = MetricResult(
            GateMetric(name, kind, better: better, unit: unit, isRequired: isRequired),
            minimumEffect: kind == .exact ? 1 : 3, isDeciding: isDeciding, samples: samples)
        result.decision = decision
        result.changePercent = change
        result.low = low
        result.high = high
        result.baseline = baseline
        result.candidate = candidate
        result.smallestDetectableEffect = smallestDetectableEffect
        return result
    }

    /// A count that decides.
    static func count(
        _ count: ExactCount, _ decision: MetricDecision, baseline: Double, candidate: Double
    ) -> MetricResult {
        metric(
            count.rawValue, decision, kind: .exact, unit: count.metric.unit, isRequired: true,
            change: candidate - baseline, low: candidate - baseline, high: candidate - baseline, baseline: baseline,
            candidate: candidate, smallestDetectableEffect: 1, samples: 500)
    }

    /// A server that counts itself, the same in both batches.
    static func figures(_ counts: [ExactCount: Double], io: String = "uring") -> ExactFigures {
        figures(batches: counts.mapValues { [$0, $0] }, io: io)
    }

    static func figures(
        batches: [ExactCount: [Double]], outside: OutsideCount? = nil, io: String = "uring"
    ) -> ExactFigures {
        ExactFigures(
            rounds: 500,
            counts: Dictionary(
                uniqueKeysWithValues: batches.map { ($0.rawValue, RoundCounts(batchMedians: $1)) }),
            outside: outside, io: io, notes: [])
    }
}
