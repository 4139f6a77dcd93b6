import Testing

@testable import Bench

@Suite("GateReasons")
struct GateReasonsTests {
    private static func sentences(
        _ verdict: GateVerdict, _ metrics: [MetricResult], _ configure: (inout GateResult) -> Void = { _ in }
    ) -> [String] {
        var result = SampleGate.result()
        result.verdict = verdict
        result.metrics = metrics
        result.looks = [1]
        configure(&result)
        return GateReasons(result).sentences
    }

    private static let worse = SampleGate.metric(
        "cpu.inFlight1", .regression, change: 5, low: 3.5, high: 6.25, smallestDetectableEffect: 2)
    private static let open = SampleGate.metric(
        "cpu.16KiB", .inconclusive, change: 1, low: -2, high: 4, smallestDetectableEffect: 4.5)
    private static let fine = SampleGate.metric("cpu.openLoop", .pass, change: 0.5, low: -1, high: 1.5)

    @Test("a regression: each metric that is worse, by how much, and what counts")
    func regression() {
        let counted = SampleGate.count(.allocations, .regression, baseline: 0, candidate: 1)
        let sentences = Self.sentences(.regression, [Self.worse, Self.fine, Self.open, counted])
        #expect(sentences.count == 2)
        #expect(
            sentences[0] == "cpu.inFlight1 is worse by 5.0 % (+3.5 % to +6.3 %), and 3.0 % is what counts")
        #expect(sentences[1] == "allocations: 0 before, 1 now (allocations a round), in every round")
    }

    @Test("what is better when higher is worse when lower")
    func slower() {
        let metric = SampleGate.metric(
            "connectRate", .regression, kind: .shown, better: .higher, change: -5, low: -8, high: -3.5)
        #expect(Self.sentences(.regression, [metric])[0].contains("worse by 5.0 % (-8.0 % to -3.5 %)"))
    }

    @Test("an improvement: what is better, by how much")
    func improvement() {
        let metric = SampleGate.metric("cpu.inFlight1", .improvement, change: -5, low: -6, high: -4)
        let counted = SampleGate.count(.systemCalls, .improvement, baseline: 102, candidate: 1)
        let sentences = Self.sentences(.improvement, [metric, Self.fine, counted])
        #expect(sentences.count == 2)
        #expect(sentences[0] == "cpu.inFlight1 is better by 5.0 % (-6.0 % to -4.0 %)")
        #expect(sentences[1] == "systemCalls: 102 before, 1 now (calls a round)")
    }

    @Test("a pass: the worst that is not excluded, and what is the same in every round")
    func pass() {
        let counted = SampleGate.count(.sends, .pass, baseline: 100, candidate: 100)
        let better = SampleGate.metric("cpu.16KiB", .pass, change: 0, low: -2, high: 0.25)
        #expect(
            Self.sentences(.pass, [better, Self.fine, counted]) == [
                "no timing is worse by 3.0 % or more (at most 1.5 %: cpu.openLoop); sends are the same in every round"
            ])
        #expect(Self.sentences(.pass, [counted]) == ["sends are the same in every round"])
    }

    @Test("a pass says nothing of a metric that was asked for and could not be decided")
    func passWithUndecided() {
        let undecided = SampleGate.metric(
            "connectRate", .undecided, kind: .shown, better: .higher, change: -9, low: -40, high: 30)
        #expect(
            Self.sentences(.pass, [undecided, Self.fine]) == [
                "no timing is worse by 3.0 % or more (at most 1.5 %: cpu.openLoop)"
            ])
    }

    @Test("inconclusive: what is open, and what the run could have told")
    func inconclusive() {
        let unsteady = SampleGate.metric("sends", .inconclusive, kind: .exact, unit: "sends a round")
        #expect(
            Self.sentences(.inconclusive, [Self.open, Self.fine, unsteady]) == [
                "cpu.16KiB is +1.0 % (-2.0 % to +4.0 %): neither 3.0 % nor nothing is excluded; 4.5 % is the smallest "
                    + "change that this run could have told",
                "sends is not the same in every round or every process, so that it cannot be compared",
            ])
    }

    @Test("too few pairs, and how many slices were set aside")
    func disturbed() {
        let few = SampleGate.metric("cpu.inFlight1", .inconclusive, samples: 2)
        let sentences = Self.sentences(.inconclusive, [few]) { result in
            result.sets = (0..<6).map { SampleGate.set($0, [:], pairsSetAside: 60) }
        }
        #expect(
            sentences == [
                "cpu.inFlight1 has 2 pairs of processes that were not disturbed, of 6: too few",
                "60 % of the slices were set aside, since something else used the cores",
            ])
        let undisturbed = Self.sentences(.inconclusive, [few]) { result in
            result.sets = [SampleGate.set(0, [:], pairsSetAside: 25)]
        }
        #expect(undisturbed.count == 1)
    }

    @Test("inconclusive is never without a reason, but that an interruption is one")
    func never() {
        #expect(Self.sentences(.inconclusive, []).count == 1)
        #expect(Self.sentences(.inconclusive, []) { $0.looks = [] }.first?.contains("budget") == true)
        #expect(Self.sentences(.inconclusive, []) { ($0.looks, $0.interrupted) = ([], true) }.isEmpty)
    }

    @Test("invalid: what happened; incomparable: why")
    func others() {
        #expect(
            Self.sentences(.invalid, [Self.worse]) { $0.failures = ["it ended"] }
                == ["the measurement is invalid: it ended"])
        #expect(Self.sentences(.incomparable, [])[0].contains("another machine"))
    }
}
