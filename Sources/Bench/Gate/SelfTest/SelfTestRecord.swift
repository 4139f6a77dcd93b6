import FoundationEssentials
import Recording

/// One run of the self-test: a line of its file.
package struct SelfTestRecord: Codable, Equatable, Sendable {
    package struct Metric: Codable, Equatable, Sendable {
        package var changePercent: Double?
        package var low: Double?
        package var high: Double?
        package var decision: MetricDecision
    }

    /// Of the code that measured and decided (`GateCode`).
    package var gate: String
    package var kind: SelfTestKind
    package var budgetNanoseconds: Int
    package var at: String
    package var verdict: GateVerdict
    package var durationNanoseconds: Int
    package var seed: UInt64
    package var reasons: [String]
    /// Of those that decide.
    package var metrics: [String: Metric]
    package var pairs: Int
    package var pairsSetAside: Int
    package var cpu: String
    package var kernel: String

    init(_ kind: SelfTestKind, _ result: GateResult) {
        gate = GateCode.digest
        self.kind = kind
        budgetNanoseconds = result.budgetNanoseconds
        at = result.startedAt
        verdict = result.verdict
        durationNanoseconds = result.durationNanoseconds
        seed = result.seed
        reasons = result.verdict == kind.wanted ? [] : result.reasons
        metrics = Dictionary(
            result.metrics.filter(\.isDeciding).map { metric in
                (
                    metric.name,
                    Metric(
                        changePercent: metric.changePercent, low: metric.low, high: metric.high,
                        decision: metric.decision)
                )
            }, uniquingKeysWith: { first, _ in first })
        pairs = result.sets.reduce(0) { $0 + $1.pairs }
        pairsSetAside = result.sets.reduce(0) { $0 + $1.pairsSetAside }
        cpu = result.machine.cpu
        kernel = result.machine.kernel
    }

    /// One line of JSON, with its end.
    func line() throws -> [UInt8] { try JSONLine.encoded(self) }
}
