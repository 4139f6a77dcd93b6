import Testing

@testable import Bench

@Suite("ExactComparison")
struct ExactComparisonTests {
    private static func results(
        _ baseline: ExactFigures, _ candidate: ExactFigures, again: (ExactFigures, ExactFigures)? = nil
    ) -> [String: MetricResult] {
        let results = ExactComparison(
            baseline: baseline, candidate: candidate, again: again.map { ($0.0, $0.1) }
        ).results
        return Dictionary(uniqueKeysWithValues: results.map { ($0.name, $0) })
    }

    private static func result(_ baseline: Double, _ candidate: Double) throws -> MetricResult {
        try #require(
            results(
                SampleGate.figures([.allocations: baseline]), SampleGate.figures([.allocations: candidate]),
                again: (SampleGate.figures([.allocations: baseline]), SampleGate.figures([.allocations: candidate])))[
                    "allocations"])
    }

    @Test("one allocation where there was none is a regression, exactly so")
    func regression() throws {
        let result = try Self.result(0, 1)
        #expect(result.decision == .regression)
        #expect(result.changePercent == 1)
        #expect(result.low == 1)
        #expect(result.high == 1)
        #expect(result.baseline == 0)
        #expect(result.candidate == 1)
        #expect(result.unit == "allocations a round")
        #expect(result.isDeciding)
        #expect(result.isRequired)
        #expect(result.samples == 500)
    }

    @Test("the same is a pass, fewer is an improvement")
    func others() throws {
        #expect(try Self.result(102, 102).decision == .pass)
        #expect(try Self.result(102, 101).decision == .improvement)
        #expect(try Self.result(102, 101).changePercent == -1)
    }

    @Test("a count that only the candidate has is left out; one that it has no more leaves the verdict open")
    func missing() throws {
        let results = Self.results(
            SampleGate.figures([.allocations: 0, .sends: 100]), SampleGate.figures([.sends: 100, .copiedBytes: 66]))
        #expect(Set(results.keys) == ["allocations", "sends"])
        let gone = try #require(results["allocations"])
        #expect(gone.decision == .inconclusive)
        #expect(gone.isDeciding && gone.isRequired)
        #expect(gone.baseline == 0)
        #expect(gone.candidate == nil)
    }

    @Test("a count of the servers' own that does not hold still leaves the verdict open")
    func unsteady() throws {
        let result = try #require(
            Self.results(
                SampleGate.figures([.allocations: 4]), SampleGate.figures(batches: [.allocations: [4, 5, 4]]))[
                    "allocations"])
        #expect(result.decision == .inconclusive)
        #expect(result.isDeciding)
        #expect(result.changePercent == nil)
        #expect(result.candidate == 4)
        #expect(GateVerdict([result], isInvalid: false) == .inconclusive)
    }

    @Test("one that only the kernel could count decides nothing then, and holds no verdict up")
    func unsteadyForeign() throws {
        let outside = { (calls: [Int]) in
            OutsideCount(tool: "strace", roundsPerBatch: 100, calls: calls, reported: [])
        }
        let result = try #require(
            Self.results(
                SampleGate.figures(batches: [:], outside: outside([10_000, 10_000])),
                SampleGate.figures(batches: [:], outside: outside([10_000, 12_000])))["systemCalls"])
        #expect(result.decision == .undecided)
        #expect(!result.isDeciding)
        let pass = SampleGate.metric("cpu.inFlight1", .pass)
        #expect(GateVerdict([pass, result], isInvalid: false) == .pass)
    }

    @Test("with another interface to the kernel calls cannot be compared, bytes can")
    func otherInterface() {
        let counts: [ExactCount: Double] = [
            .allocations: 0, .systemCalls: 1, .sends: 100, .copiedBytes: 66, .appendedBytes: 66,
        ]
        let results = Self.results(SampleGate.figures(counts), SampleGate.figures(counts, io: "epoll"))
        #expect(
            results.mapValues(\.decision) == [
                "allocations": .incomparable, "systemCalls": .incomparable, "sends": .incomparable,
                "copiedBytes": .pass, "appendedBytes": .pass,
            ])
    }

    @Test("a difference stands when other processes show the same one")
    func confirmed() {
        let before = SampleGate.figures([.allocations: 0])
        let after = SampleGate.figures([.allocations: 1])
        #expect(Self.results(before, after, again: (before, after))["allocations"]?.decision == .regression)
        // The level may be another one as long as the difference is the same.
        let others = (SampleGate.figures([.allocations: 2]), SampleGate.figures([.allocations: 3]))
        #expect(Self.results(before, after, again: others)["allocations"]?.decision == .regression)
    }

    @Test("a difference that nobody has looked for in other processes is no regression yet")
    func notLookedFor() {
        let results = Self.results(SampleGate.figures([.allocations: 0]), SampleGate.figures([.allocations: 1]))
        #expect(results["allocations"]?.decision == .inconclusive)
    }

    @Test("one that only the kernel could count, and other processes do not show, decides nothing")
    func unconfirmedForeign() throws {
        let figures = { (calls: Int) in
            SampleGate.figures(
                batches: [:],
                outside: OutsideCount(tool: "strace", roundsPerBatch: 100, calls: [calls, calls], reported: []))
        }
        let again = (figures(10_100), figures(10_100))
        let result = try #require(Self.results(figures(10_000), figures(10_100), again: again)["systemCalls"])
        #expect(result.decision == .undecided)
        #expect(!result.isDeciding)
    }

    @Test("a difference that other processes do not show is the luck of a start, either way")
    func unconfirmed() {
        let zero = SampleGate.figures([.allocations: 0])
        let one = SampleGate.figures([.allocations: 1])
        let unsteady = SampleGate.figures(batches: [.allocations: [0, 1]])
        for again in [(zero, zero), (one, zero), (zero, unsteady)] {
            #expect(Self.results(zero, one, again: again)["allocations"]?.decision == .inconclusive)
            #expect(Self.results(one, zero, again: again)["allocations"]?.decision != .regression)
        }
        #expect(Self.results(one, zero, again: (zero, zero))["allocations"]?.decision == .inconclusive)
        // What was the same at once is not asked again.
        #expect(Self.results(zero, zero, again: (zero, one))["allocations"]?.decision == .pass)
    }

    @Test("whether it is worth counting once more: some exact count is another one")
    func differs() {
        let zero = SampleGate.figures([.allocations: 0, .sends: 100])
        #expect(!zero.differs(from: zero))
        #expect(zero.differs(from: SampleGate.figures([.allocations: 0, .sends: 101])))
        #expect(!zero.differs(from: SampleGate.figures([.sends: 100])))
        #expect(!zero.differs(from: SampleGate.figures(batches: [.allocations: [0, 1], .sends: [100]])))
    }
}
