import FoundationEssentials
import Testing

@testable import Recording

@Suite("RunResult")
struct RunResultTests {
    private static func tree(_ result: RunResult) throws -> JSONTree {
        try JSONDecoder().decode(JSONTree.self, from: Data(result.encoded()))
    }

    private static let latencyKeys: Set<String> = [
        "count", "minNanoseconds", "p50Nanoseconds", "p90Nanoseconds", "p95Nanoseconds", "p99Nanoseconds",
        "p999Nanoseconds", "maxNanoseconds", "meanNanoseconds",
    ]

    @Test("the keys at the top are those of the schema")
    func topKeys() throws {
        let expected: Set<String> = [
            "schema", "startedAt", "durationNanoseconds", "interrupted", "clients", "messages", "deliveries",
            "rates", "latency", "serviceLatency", "completion", "spread", "handshake", "generator", "server",
            "machine", "histograms", "plan", "thresholds", "errors", "intervals",
        ]
        let tree = try Self.tree(.sample())
        #expect(tree.keys == expected)
        #expect(tree["schema"] == .string("broadside.run/1"))
    }

    @Test(
        "the keys of each section are those of the schema",
        arguments: [
            ("clients", ["requested", "connected", "failed", "disconnected"]),
            ("messages", ["published", "intended"]),
            ("deliveries", ["expected", "received", "lost", "duplicated", "reordered"]),
            ("rates", ["publishedPerSecond", "deliveriesPerSecond", "bytesPerSecond", "generatorBound"]),
            ("latency", latencyKeys), ("serviceLatency", latencyKeys), ("completion", latencyKeys),
            ("spread", latencyKeys), ("handshake", latencyKeys),
            (
                "generator",
                [
                    "cpuNanosecondsPerDelivery", "scheduleLagP99Nanoseconds", "verdict", "reasons",
                    "busyFraction", "waitingFraction", "receiveDelayP99Nanoseconds",
                    "receiveModerationNanoseconds",
                ]
            ),
            ("server", ["pid", "cpuNanosecondsPerDelivery", "residentBytes", "busyFraction"]),
            (
                "machine",
                [
                    "cpu", "cores", "kernel", "distribution", "compiler", "commit", "io", "memoryBytes",
                    "descriptorLimit", "loopbackMTU",
                ]
            ),
            (
                "plan",
                [
                    "url", "mode", "clients", "publishers", "ratePerSecond", "inFlight",
                    "durationNanoseconds",
                    "warmupNanoseconds", "messageBytes", "connectRatePerSecond", "threads", "io",
                    "payload",
                    "connectTimeoutNanoseconds", "graceNanoseconds", "seed", "subprotocols", "headerNames",
                    "reconnects", "reconnectJitter", "serverPid", "thresholds",
                ]
            ),
        ] as [(String, Set<String>)])
    func sectionKeys(section: String, expected: Set<String>) throws {
        #expect(try Self.tree(.sample())[section]?.keys == expected)
    }

    @Test("thresholds and intervals have their keys")
    func elementKeys() throws {
        let tree = try Self.tree(.sample())
        guard case .array(let thresholds) = tree["thresholds"], case .array(let intervals) = tree["intervals"]
        else {
            Issue.record("no arrays")
            return
        }
        #expect(thresholds.first?.keys == ["expression", "value", "passed"])
        let expected: Set<String> = [
            "second", "published", "received", "latencyP50Nanoseconds", "latencyP99Nanoseconds", "connected",
        ]
        #expect(intervals.first?.keys == expected)
        #expect(intervals.first?["latencyP99Nanoseconds"] == .null)
    }

    @Test("what does not exist is an explicit null")
    func nulls() throws {
        var result = RunResult.sample()
        result.server = nil
        result.latency = .empty
        result.generator.cpuNanosecondsPerDelivery = nil
        let tree = try Self.tree(result)
        #expect(tree["server"] == .null)
        #expect(tree["latency"]?["p99Nanoseconds"] == .null)
        #expect(tree["latency"]?.keys == Self.latencyKeys)
        #expect(tree["latency"]?["count"] == .number(0))
        #expect(tree["generator"]?["cpuNanosecondsPerDelivery"] == .null)
        #expect(tree["plan"]?["inFlight"] == .null)
    }

    @Test(
        "the verdict is a word",
        arguments: [(.ok, "ok"), (.saturated, "saturated")] as [(GeneratorVerdict, String)])
    func verdict(verdict: GeneratorVerdict, word: String) throws {
        var result = RunResult.sample()
        result.generator.verdict = verdict
        #expect(try Self.tree(result)["generator"]?["verdict"] == .string(word))
    }

    @Test("a result reads back as it was")
    func roundTrip() throws {
        var result = RunResult.sample()
        #expect(try RunResult.decode(result.encoded()) == result)
        result.server = nil
        result.latency = .empty
        #expect(try RunResult.decode(result.encoded()) == result)
    }

    @Test("the text is indented, sorted and free of escaped slashes")
    func text() throws {
        let text = String(decoding: try RunResult.sample().encoded(), as: UTF8.self)
        #expect(text.contains("\"ws://127.0.0.1:3001/relay\""))
        #expect(text.contains("\n  \"clients\""))
        let clients = try #require(text.firstRange(of: "\"clients\""))
        let spread = try #require(text.firstRange(of: "\"spread\""))
        #expect(clients.lowerBound < spread.lowerBound)
    }

    @Test("another schema and what is no result are refused", arguments: ["", "{}", "[]", "{\"schema\":1}"])
    func refused(text: String) {
        #expect(throws: (any Error).self) { try RunResult.decode(Array(text.utf8)) }
    }

    @Test("a result of another schema is refused")
    func otherSchema() throws {
        var result = RunResult.sample()
        result.schema = "broadside.run/2"
        let encoded = try result.encoded()
        #expect(throws: DecodingError.self) { try RunResult.decode(encoded) }
    }
}
