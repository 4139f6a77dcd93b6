import Recording
import Testing

@testable import Bench

@Suite("GateResult: from what was measured to what is said")
struct GateConclusionTests {
    /// Seven pairs, all timings with the same change but for some noise.
    private static func measured(_ change: Double, plan: GatePlan = SampleGate.plan()) -> GateResult {
        var result = SampleGate.result(plan)
        let names = SliceMetric.all.map(\.metric.name)
        result.sets = (0..<7).map { number in
            SampleGate.set(
                number, Dictionary(uniqueKeysWithValues: names.map { ($0, change + Double(number - 3) / 10_000) }))
        }
        result.exact = [SampleGate.figures([.sends: 100]), SampleGate.figures([.sends: 100])]
        return result
    }

    private static func concluded(_ result: GateResult) -> GateResult {
        var result = result
        result.look(from: 0, to: 1)
        result.conclude(after: 12_000_000_000)
        return result
    }

    @Test("a look decides about timings and counts, and shows the others", arguments: [0.0, 0.05, -0.05])
    func look(change: Double) {
        var result = Self.measured(change)
        result.look(from: 0, to: 0.3)
        #expect(result.verdict == (change == 0 ? .pass : change > 0 ? .regression : .improvement))
        #expect(
            result.metrics.filter(\.isDeciding).map(\.name) == [
                "cpu.inFlight1", "cpu.inFlight16", "cpu.16KiB", "cpu.openLoop", "sends",
            ])
        #expect(result.metrics.contains { $0.name == "completionP99.openLoop" && !$0.isDeciding })
        #expect(result.looks == [0.3])
        #expect(result.isClear)
    }

    @Test("one metric that is open keeps it going; a regression ends it whatever is open")
    func clear() {
        var result = Self.measured(0)
        for index in result.sets.indices { result.sets[index].readings["cpu.openLoop"] = nil }
        result.look(from: 0, to: 0.3)
        #expect(result.verdict == .inconclusive)
        #expect(!result.isClear)
        for index in result.sets.indices { result.sets[index].readings["cpu.16KiB"]?.logRatio += 0.2 }
        result.look(from: 0.3, to: 0.5)
        #expect(result.verdict == .regression)
        #expect(result.isClear)
    }

    @Test("a metric that was asked for and is not decided yet gets the whole budget, and is no obstacle at its end")
    func asked() {
        var plan = SampleGate.plan()
        plan.asked = ["completionP99.openLoop"]
        var result = Self.measured(0, plan: plan)
        for index in result.sets.indices {
            result.sets[index].readings["completionP99.openLoop"]?.logRatio += Double(index % 3) / 5
        }
        result.look(from: 0, to: 0.3)
        #expect(!result.isClear)
        #expect(Self.concluded(result).verdict == .pass)
    }

    @Test("asking for more metrics gives each a smaller part of the errors")
    func divided() throws {
        var plan = SampleGate.plan()
        let low = { (result: GateResult) in try #require(Self.concluded(result).metrics.first?.low) }
        let alone = try low(Self.measured(0, plan: plan))
        plan.asked = ["completionP99.openLoop", "memoryPerClient", "connectRate"]
        #expect(try low(Self.measured(0, plan: plan)) < alone)
    }

    @Test("where timing does not decide, the counts do alone")
    func countsAlone() {
        var plan = SampleGate.plan()
        plan.timingDecides = false
        var result = Self.measured(0.5, plan: plan)
        #expect(Self.concluded(result).verdict == .pass)
        result.exact[1] = SampleGate.figures([.sends: 101])
        #expect(Self.concluded(result).verdict == .inconclusive)
        result.exactAgain = result.exact
        #expect(Self.concluded(result).verdict == .regression)
    }

    @Test("a server's failure makes it invalid, and the failure is the reason")
    func failure() {
        var result = Self.measured(0.5)
        result.failures = ["arm 'candidate': it ended (exit code 9)"]
        let concluded = Self.concluded(result)
        #expect(concluded.verdict == .invalid)
        #expect(concluded.reasons == ["the measurement is invalid: arm 'candidate': it ended (exit code 9)"])
        #expect(concluded.durationNanoseconds == 12_000_000_000)
    }

    @Test("a server that counts other system calls than the kernel does ends it, and is named")
    func contradiction() throws {
        var result = Self.measured(0)
        var counted = result.exact
        counted[1].outside = OutsideCount(tool: "strace", roundsPerBatch: 100, calls: [300], reported: [100])
        let failure = try #require(#expect(throws: SliceFailure.self) { try result.take(exact: counted) })
        try result.note(failure)
        let concluded = Self.concluded(result)
        #expect(concluded.verdict == .invalid)
        #expect(
            concluded.reasons == [
                "the measurement is invalid: arm 'candidate': strace saw 2.0 system calls a round more than it counted itself"
            ])
    }

    @Test("interrupted, nothing passes: what is worse stays so, and the exit code is 1 in any case")
    func interrupted() {
        for (change, expected) in [(0.0, GateVerdict.inconclusive), (-0.05, .inconclusive), (0.05, .regression)] {
            var result = Self.measured(change)
            result.interrupted = true
            result.reasons = ["interrupted"]
            let concluded = Self.concluded(result)
            #expect(concluded.verdict == expected)
            #expect(concluded.reasons.last == "interrupted")
            for lenient in [false, true] { #expect(concluded.toolExit(inconclusivePasses: lenient) == .failed) }
        }
    }

    @Test("not interrupted, the exit code is the verdict's")
    func exit() {
        #expect(Self.concluded(Self.measured(0.05)).toolExit(inconclusivePasses: true) == .notMet)
        #expect(SampleGate.result().toolExit(inconclusivePasses: false) == .inconclusive)
        #expect(SampleGate.result().toolExit(inconclusivePasses: true) == .pass)
    }

    @Test("before the first look what was counted is decided and nothing else")
    func noLook() {
        var result = Self.measured(0.5)
        result.interrupted = true
        result.conclude(after: 1)
        #expect(result.metrics.map(\.name) == ["sends"])
        #expect(result.verdict == .inconclusive)
    }

    @Test("notes of both arms are kept, each once")
    func notes() {
        var result = Self.measured(0)
        result.exact[0].notes = ["same", "b"]
        result.exact[1].notes = ["same", "a"]
        #expect(Self.concluded(result).notes == ["a", "b", "same"])
    }
}
