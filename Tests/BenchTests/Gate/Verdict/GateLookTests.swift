import Glibc
import Testing

@testable import Bench

@Suite("GateLook")
struct GateLookTests {
    private static let cpu = GateMetric("cpu", .timing)
    private static let rate = GateMetric("rate", .shown, better: .higher)
    private static let completion = GateMetric("completion", .shown)
    /// Mean 0.03, standard error √(0.00025 / 5).
    private static let five = [0.01, 0.02, 0.03, 0.04, 0.05]
    private static let standardError = 0.007_071_067_8
    /// Student's quantiles with four degrees of freedom for 0.001 and 0.025, from tables.
    private static let alarmQuantile = 7.173_182
    private static let exclusionQuantile = 2.776_445

    /// The only look of a run with one metric.
    private static func result(
        _ metric: GateMetric, _ logRatios: [Double], isAsked: Bool = false, decides: Bool = true
    ) -> MetricResult {
        GateLook(errors: GateErrors(), from: 0, to: 1, metrics: 1, minimumEffectPercent: 3).result(
            metric, SampleGate.sets(metric.name, logRatios), isAsked: isAsked, decides: decides)
    }

    private static func isNear(_ value: Double?, logRatio: Double) -> Bool {
        value.map { abs($0 - 100 * expm1(logRatio)) < 1e-3 } ?? false
    }

    @Test("where lower is better, a false alarm is guarded against below, a false pass above")
    func lower() {
        let result = Self.result(Self.cpu, Self.five)
        #expect(Self.isNear(result.changePercent, logRatio: 0.03))
        #expect(Self.isNear(result.low, logRatio: 0.03 - Self.alarmQuantile * Self.standardError))
        #expect(Self.isNear(result.high, logRatio: 0.03 + Self.exclusionQuantile * Self.standardError))
        #expect(result.decision == .inconclusive)
        #expect(result.samples == 5)
    }

    @Test("where higher is better it is the other way round, and more is an improvement")
    func higher() {
        let result = Self.result(Self.rate, Self.five, isAsked: true)
        #expect(Self.isNear(result.changePercent, logRatio: 0.03))
        #expect(Self.isNear(result.low, logRatio: 0.03 - Self.exclusionQuantile * Self.standardError))
        #expect(Self.isNear(result.high, logRatio: 0.03 + Self.alarmQuantile * Self.standardError))
    }

    @Test("the smallest effect that four runs in five would have called")
    func smallestDetectableEffect() {
        let reach = (Self.alarmQuantile + 0.8416) * Self.standardError
        #expect(Self.isNear(Self.result(Self.cpu, Self.five).smallestDetectableEffect, logRatio: reach))
    }

    private static func steady(_ center: Double) -> [Double] { five.map { center + ($0 - 0.03) / 50 } }

    @Test("decisions turn with what is better")
    func turned() {
        #expect(Self.result(Self.cpu, Self.steady(0.05)).decision == .regression)
        #expect(Self.result(Self.cpu, Self.steady(-0.05)).decision == .improvement)
        #expect(Self.result(Self.cpu, Self.steady(0.01)).decision == .pass)
        #expect(Self.result(Self.rate, Self.steady(0.05), isAsked: true).decision == .improvement)
        #expect(Self.result(Self.rate, Self.steady(-0.05), isAsked: true).decision == .regression)
        #expect(Self.result(Self.rate, Self.steady(-0.01), isAsked: true).decision == .pass)
    }

    @Test("what is only shown has its interval and no decision")
    func shown() {
        let result = Self.result(Self.completion, Self.steady(0.05))
        #expect(!result.isDeciding)
        #expect(result.decision == .undecided)
        #expect(result.low != nil)
    }

    @Test("asked for, it decides only where the run could have seen a change that matters")
    func asked() {
        let steady = Self.result(Self.completion, Self.steady(0.05), isAsked: true)
        #expect(steady.isDeciding)
        #expect(steady.decision == .regression)
        // Beyond doubt by its interval, but not steady enough for what was promised.
        let noisy = Self.result(Self.completion, Self.five.map { $0 * 2 + 0.3 }, isAsked: true)
        #expect(noisy.isDeciding)
        #expect((noisy.low ?? 0) > 3)
        #expect((noisy.smallestDetectableEffect ?? 0) > 3)
        #expect(noisy.decision == .undecided)
    }

    @Test("where timing does not decide, a timing is shown")
    func timingOff() {
        let result = Self.result(Self.cpu, Self.steady(0.05), decides: false)
        #expect(!result.isDeciding)
        #expect(result.decision == .undecided)
    }

    @Test("three pairs make no interval, and leave a metric that decides open")
    func fewPairs() {
        let result = Self.result(Self.cpu, [0.05, 0.05, 0.05])
        #expect(Self.isNear(result.changePercent, logRatio: 0.05))
        #expect(result.low == nil)
        #expect(result.high == nil)
        #expect(result.smallestDetectableEffect == nil)
        #expect(result.decision == .inconclusive)
        #expect(Self.result(Self.cpu, [0.05, 0.05, 0.05, 0.05]).low != nil)
        #expect(Self.result(Self.cpu, []).changePercent == nil)
    }

    @Test("pairs without the metric do not count")
    func missing() {
        let sets = SampleGate.sets("cpu", Self.five) + [SampleGate.set(9, ["other": 1])]
        let look = GateLook(errors: GateErrors(), from: 0, to: 1, metrics: 1, minimumEffectPercent: 3)
        #expect(look.result(Self.cpu, sets) == look.result(Self.cpu, Array(sets.dropLast())))
    }

    @Test("each arm's own figure is the middle of its pairs'")
    func figures() {
        let sets = [1_000.0, 3_000, 5_000, 7_000, 9_000].map {
            SampleGate.set(0, ["cpu": 0], baseline: $0, candidate: 2 * $0)
        }
        let look = GateLook(errors: GateErrors(), from: 0, to: 1, metrics: 1, minimumEffectPercent: 3)
        let result = look.result(Self.cpu, sets)
        #expect(result.baseline == 5_000)
        #expect(result.candidate == 10_000)
    }

    @Test("an early look is more careful than a late one")
    func early() {
        let bounds = { (to: Double) -> (low: Double, high: Double) in
            let look = GateLook(errors: GateErrors(), from: 0, to: to, metrics: 4, minimumEffectPercent: 3)
            let result = look.result(Self.cpu, SampleGate.sets("cpu", Self.five))
            return (result.low ?? 0, result.high ?? 0)
        }
        #expect(bounds(0.3).low < bounds(1).low)
        #expect(bounds(0.3).high > bounds(1).high)
    }
}
