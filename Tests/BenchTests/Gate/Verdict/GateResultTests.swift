import Foundation
import Testing

@testable import Bench

@Suite("GateResult: verdict.json")
struct GateResultTests {
    private static func sample() -> GateResult {
        var result = SampleGate.result()
        result.metrics = [
            SampleGate.metric("cpu.inFlight1", .inconclusive),
            SampleGate.metric(
                "cpu.16KiB", .pass, change: 0.5, low: -1, high: 1.5, baseline: 4_000, candidate: 4_020,
                smallestDetectableEffect: 2.5),
            SampleGate.count(.sends, .regression, baseline: 100, candidate: 101),
        ]
        result.verdict = .regression
        result.reasons = ["\"/<&\u{1F600}"]
        result.exact = [SampleGate.figures([.sends: 100]), SampleGate.figures([.sends: 101])]
        result.exact[0].outside = OutsideCount(tool: "strace", roundsPerBatch: 100, calls: [1], reported: [1])
        result.sets = [SampleGate.set(0, ["cpu.16KiB": 0.005])]
        result.looks = [0.3, 1]
        result.openLoopRatePerSecond = 1_200
        return result
    }

    private static func object(_ result: GateResult) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(result.encoded())) as? [String: Any])
    }

    @Test("what was written is read again, all of it")
    func roundTrip() throws {
        let json = try Self.sample().encoded()
        let read = try GateResult.decode(json)
        #expect(try read.encoded() == json)
        #expect(read.metrics == Self.sample().metrics)
        #expect(read.sets == Self.sample().sets)
        #expect(read.exact == Self.sample().exact)
        #expect(read.reasons == Self.sample().reasons)
    }

    @Test("another schema is refused, with both names, and so is what is no result")
    func schema() throws {
        var result = Self.sample()
        result.schema = "broadside.gate/2"
        let json = try result.encoded()
        let error = try #require(throws: DecodingError.self) { try GateResult.decode(json) }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(context.debugDescription == "schema is \"broadside.gate/2\", not \"broadside.gate/1\"")
        #expect(throws: DecodingError.self) { try GateResult.decode(Array("{}".utf8)) }
        #expect(throws: DecodingError.self) { try GateResult.decode([]) }
    }

    @Test("the keys that scripts rely on")
    func keys() throws {
        let object = try Self.object(Self.sample())
        #expect(object["schema"] as? String == "broadside.gate/1")
        #expect(object["verdict"] as? String == "regression")
        let metrics = try #require(object["metrics"] as? [[String: Any]])
        #expect(metrics.count == 3)
        for metric in metrics {
            for key in ["name", "better", "changePercent", "low", "high", "unit", "decision"] {
                #expect(metric[key] != nil, "\(key)")
            }
        }
        #expect(metrics[1]["name"] as? String == "cpu.16KiB")
        #expect(metrics[1]["better"] as? String == "lower")
        #expect(metrics[1]["changePercent"] as? Double == 0.5)
        #expect(metrics[1]["low"] as? Double == -1)
        #expect(metrics[1]["high"] as? Double == 1.5)
        #expect(metrics[1]["unit"] as? String == "percent")
        #expect(metrics[1]["decision"] as? String == "pass")
        #expect(metrics[2]["unit"] as? String == "sends a round")
    }

    @Test("a figure that there is not is null, not missing")
    func nulls() throws {
        let object = try Self.object(Self.sample())
        let metric = try #require((object["metrics"] as? [[String: Any]])?.first)
        for key in ["baseline", "candidate", "changePercent", "low", "high", "smallestDetectableEffect"] {
            #expect(metric[key] is NSNull, "\(key)")
        }
        #expect((object["baseline"] as? [String: Any])?["revision"] is NSNull)
    }

    @Test("the plan is in the result")
    func plan() {
        var plan = SampleGate.plan()
        plan.minimumEffect = 0.05
        plan.asked = ["memoryPerClient", "connectRate"]
        plan.timingDecides = false
        plan.budgetNanoseconds = 30_000_000_000
        let result = SampleGate.result(plan)
        #expect(result.minimumEffectPercent == 5)
        #expect(result.asked == ["connectRate", "memoryPerClient"])
        #expect(!result.timingDecides)
        #expect(result.budgetNanoseconds == 30_000_000_000)
        #expect(result.seed == 42)
        #expect(result.serverCPUs == [1])
        #expect(result.loadCPUs == [0])
        #expect(result.baseline.command == "./before --port {port}")
        #expect(result.candidate.name == "candidate")
    }
}
