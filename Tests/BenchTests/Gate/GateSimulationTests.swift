import Glibc
import Testing

@testable import Bench

/// Whole gates on servers whose true difference is known: pairs of processes until the answer is clear or the budget is
/// spent.
@Suite("Gates simulated")
struct GateSimulationTests {
    enum Distribution: CaseIterable { case normal, heavyTailed }

    private static let metrics = 4
    /// Pairs of processes that fit into the whole budget.
    private static let mostSets = 24
    /// Of a pair's log-ratio.
    private static let deviation = 0.012

    /// One moment: what was measured by then, and how far a mean's bounds are from it, in standard errors.
    ///
    /// The factors depend on how many pairs there are and not on what they say, so they are taken once from the gate
    /// itself; computing quantiles anew in each of thousands of runs would take minutes.
    private struct Moment {
        let sets: Int
        let look: GateLook
        let alarmReach: Double
        let exclusionReach: Double

        init(from: Double, to: Double) throws {
            sets = Int(Double(mostSets) * to)
            look = GateLook(
                errors: GateErrors(), from: from, to: to, metrics: metrics, minimumEffectPercent: 3)
            let sample = (0..<sets).map { Double($0) / 1_000 }
            let spread = try #require(MeanAndError(sample))
            let result = look.result(GateMetric("cpu", .timing), SampleGate.sets("cpu", sample))
            alarmReach = (spread.mean - log1p(try #require(result.low) / 100)) / spread.standardError
            exclusionReach = (log1p(try #require(result.high) / 100) - spread.mean) / spread.standardError
        }

        func decision(_ logRatios: [Double]) -> MetricDecision {
            guard let spread = MeanAndError(logRatios) else { return .inconclusive }
            return MetricDecision(
                low: 100 * expm1(spread.mean - alarmReach * spread.standardError),
                high: 100 * expm1(spread.mean + exclusionReach * spread.standardError), minimumEffect: 3)
        }
    }

    private static func moments() throws -> [Moment] {
        let shares = [0] + LookSchedule.shares
        return try zip(shares, shares.dropFirst()).map { try Moment(from: $0, to: $1) }
    }

    /// - Parameter change: of the first metric, as a share.
    /// - Returns: the decisions at the last look, and which one that was.
    private static func run(
        _ moments: [Moment], _ distribution: Distribution, change: Double, noise: inout Noise
    ) -> (decisions: [MetricDecision], look: Int) {
        var logRatios: [[Double]] = Array(repeating: [], count: metrics)
        var decisions: [MetricDecision] = []
        for (index, moment) in moments.enumerated() {
            for metric in 0..<metrics {
                let center = metric == 0 ? log1p(change) : 0
                while logRatios[metric].count < moment.sets {
                    // Every tenth value five times as wide makes 1.844 times the deviation.
                    let value = distribution == .normal ? noise.normal() : noise.heavyTailed() / 1.844
                    logRatios[metric].append(center + deviation * value)
                }
            }
            decisions = logRatios.map(moment.decision)
            if decisions.contains(.regression) || decisions.allSatisfy(\.isClear) { return (decisions, index) }
        }
        return (decisions, moments.count - 1)
    }

    /// Stated is one run in a thousand. Of 2,000 runs with that rate ten or more have an alarm with a probability of
    /// 5 in 100,000 (binomial, mean 2), so a gate that keeps its word passes, and one with a rate of 1 % fails with
    /// 99.5 %.
    @Test("of two servers that are the same, hardly any is called worse", arguments: Distribution.allCases)
    func falseAlarms(distribution: Distribution) throws {
        let moments = try Self.moments()
        var noise = Noise(seed: 7)
        let runs = 2_000
        var alarms = 0
        var passes = 0
        for _ in 0..<runs {
            let decisions = Self.run(moments, distribution, change: 0, noise: &noise).decisions
            if decisions.contains(.regression) { alarms += 1 }
            if GateVerdict(decisions.map { SampleGate.metric("cpu", $0) }, isInvalid: false) == .pass { passes += 1 }
        }
        #expect(alarms < runs / 200)
        // A gate that never called anything would be no use either: nearly all come out as what they are.
        #expect(passes > runs * 9 / 10)
    }

    @Test("what is 5 % dearer is caught, for one metric of four", arguments: Distribution.allCases)
    func caught(distribution: Distribution) throws {
        let moments = try Self.moments()
        var noise = Noise(seed: 11)
        let runs = 500
        let caught = (0..<runs).filter { _ in
            Self.run(moments, distribution, change: 0.05, noise: &noise).decisions[0] == .regression
        }
        #expect(caught.count >= runs * 99 / 100)
    }

    @Test("what is 10 % dearer is told at the first look in most runs", arguments: Distribution.allCases)
    func firstLook(distribution: Distribution) throws {
        let moments = try Self.moments()
        var noise = Noise(seed: 13)
        let runs = 500
        let early = (0..<runs).filter { _ in
            let (decisions, look) = Self.run(moments, distribution, change: 0.1, noise: &noise)
            return decisions[0] == .regression && look == 0
        }
        #expect(early.count > runs * 3 / 4)
    }

    @Test("a change that is just what matters is passed in no more runs than was promised")
    func falseExclusions() throws {
        let moments = try Self.moments()
        var noise = Noise(seed: 17)
        let runs = 500
        let passed = (0..<runs).filter { _ in
            let decision = Self.run(moments, .normal, change: 0.03, noise: &noise).decisions[0]
            return decision == .pass || decision == .improvement
        }
        // One metric's part is 0.625 %, 3 of 500 runs; twelve or more have a probability of 1 in 10,000.
        #expect(passed.count < 12)
    }

    @Test("the factors are those of the gate: with them come the decisions that it makes itself")
    func sameAsGate() throws {
        var noise = Noise(seed: 19)
        let metric = GateMetric("cpu", .timing)
        for moment in try Self.moments() {
            for change in [-0.05, 0, 0.02, 0.03, 0.05] {
                let logRatios = (0..<moment.sets).map { _ in change + Self.deviation * noise.normal() }
                let result = moment.look.result(metric, SampleGate.sets("cpu", logRatios))
                #expect(result.decision == moment.decision(logRatios))
            }
        }
    }
}
