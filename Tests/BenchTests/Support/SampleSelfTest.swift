@testable import Bench

/// Runs of a self-test that nobody made.
enum SampleSelfTest {
    /// - Parameter change: of the first timing, in percent.
    static func record(
        _ kind: SelfTestKind, _ verdict: GateVerdict, seconds: Int = 10, change: Double? = nil
    ) -> SelfTestRecord {
        var result = SampleGate.result()
        result.verdict = verdict
        result.durationNanoseconds = seconds * 1_000_000_000
        result.budgetNanoseconds = Int(kind.budgetNanoseconds)
        result.reasons = ["because"]
        result.sets = [SampleGate.set(0, [:], pairsSetAside: 5)]
        result.metrics = [
            SampleGate.metric("cpu.inFlight1", .pass, change: change, low: -1, high: 2),
            SampleGate.metric("completionP99.openLoop", .undecided, kind: .shown, isDeciding: false),
        ]
        return SelfTestRecord(kind, result)
    }
}
