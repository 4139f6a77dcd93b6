import Glibc
import Recording

@testable import Bench

/// Gated commits that nobody measured.
enum SyntheticHistory {
    static let machine = MachineDescription(
        cpu: "Example 9000", cores: 2, kernel: "Linux 6.18.5", distribution: "Debian 12", compiler: "Swift 6.3.1",
        commit: "0123456789", io: "uring", memoryBytes: 8 << 30, descriptorLimit: 65_536, loopbackMTU: 65_536)

    /// A verdict over one timing and one count, each pair of processes with its log-ratio.
    static func result(
        commit: String? = "c1", baseline: String? = "c0", day: Int = 1, logRatios: [Double] = [0.01, 0.02, 0.03, 0.02],
        count: (before: Double, after: Double) = (100, 100)
    ) -> GateResult {
        let arm = { (name: String) in
            SlicePlan.Arm(name: name, path: "/relay", command: "./\(name) {port}") { _ in [] }
        }
        var result = GateResult(
            GatePlan(baseline: arm("baseline"), candidate: arm("candidate")),
            startedAt: "2026-11-\(day < 10 ? "0" : "")\(day)T12:00:00.000Z", machine: machine)
        result.baseline.revision = baseline
        result.candidate.revision = commit
        result.sets = logRatios.enumerated().map { number, logRatio in
            GateSet(
                set: number,
                readings: [
                    "cpu": GateSet.Reading(baseline: 4_000, candidate: 4_000 * exp(logRatio), logRatio: logRatio)
                ],
                pairs: 10, pairsSetAside: 0)
        }
        let look = GateLook(errors: GateErrors(), from: 0, to: 1, metrics: 1, minimumEffectPercent: 3)
        var counted = MetricResult(
            GateMetric("sends", .exact, unit: "sends a round", isRequired: true), minimumEffect: 1, isDeciding: true,
            samples: 8)
        let difference = count.after - count.before
        counted.baseline = count.before
        counted.candidate = count.after
        counted.changePercent = difference
        counted.low = difference
        counted.high = difference
        counted.decision = MetricDecision(low: difference, high: difference, minimumEffect: 1)
        result.metrics = [look.result(GateMetric("cpu", .timing, isRequired: true), result.sets), counted]
        result.verdict = GateVerdict(result.metrics, isInvalid: false)
        result.reasons = GateReasons(result).sentences
        return result
    }

    /// Commits `c1`, `c2`, …, each compared with the one before.
    ///
    /// - Parameter logRatios: of each commit's pairs.
    static func lines(_ logRatios: [[Double]], counts: [Double]? = nil) -> [HistoryLine] {
        logRatios.indices.compactMap { number in
            let after = counts?[number] ?? 100
            let before = counts.map { $0[max(0, number - 1)] } ?? 100
            return HistoryLine(
                result(
                    commit: "c\(number + 1)", baseline: "c\(number)", day: number % 28 + 1,
                    logRatios: logRatios[number], count: (before, after)))
        }
    }

    /// Commits of which each is measured with so much error, and of which some change something.
    static func noisy(_ commits: Int, seed: UInt64, changes: [Int: Double] = [:]) -> [HistoryLine] {
        var noise = Noise(seed: seed)
        return lines(
            (0..<commits).map { number in (0..<16).map { _ in (changes[number] ?? 0) + 0.02 * noise.normal() } })
    }
}
