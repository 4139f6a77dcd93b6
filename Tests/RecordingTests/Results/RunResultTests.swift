import FoundationEssentials
import Testing

@testable import Recording

@Suite("RunResult")
struct RunResultTests {
    private static func tree(_ result: RunResult) throws -> JSONTree {
        try JSONDecoder().decode(JSONTree.self, from: Data(result.encoded()))
    }

    /// Lines of JSON as a whole, without a comma before a closing brace.
    private static func joined(_ lines: [String]) -> String {
        var text = ""
        for (line, next) in zip(lines, lines.dropFirst() + [""]) {
            let isLast = next.drop { $0 == " " }.hasPrefix("}")
            text += (isLast && line.hasSuffix(",") ? String(line.dropLast()) : line) + "\n"
        }
        return text
    }

    private static let latencyKeys: Set<String> = [
        "count", "minNanoseconds", "p50Nanoseconds", "p90Nanoseconds", "p95Nanoseconds", "p99Nanoseconds",
        "p999Nanoseconds", "maxNanoseconds", "meanNanoseconds",
    ]

    @Test("the keys at the top are those of the schema")
    func topKeys() throws {
        let expected: Set<String> = [
            "schema", "startedAt", "durationNanoseconds", "interrupted", "clients", "messages", "deliveries",
            "rates", "latency", "serviceLatency", "completion", "spread", "handshake", "reconnect", "generator",
            "server", "machine", "histograms", "plan", "thresholds", "errors", "intervals",
        ]
        let tree = try Self.tree(.sample())
        #expect(tree.keys == expected)
        #expect(tree["schema"] == .string("broadside.run/1"))
    }

    @Test(
        "the keys of each section are those of the schema",
        arguments: [
            (
                "clients",
                [
                    "requested", "connected", "failed", "disconnected", "connectedPerSecond", "slowDisconnected",
                    "churned", "vanished", "stormed", "reconnected",
                ]
            ),
            ("messages", ["published", "intended"]),
            ("deliveries", ["expected", "received", "lost", "duplicated", "reordered", "withdrawn"]),
            (
                "rates",
                [
                    "publishedPerSecond", "deliveriesPerSecond", "bytesPerSecond", "generatorBound",
                    "requestedPerSecond",
                ]
            ),
            ("latency", latencyKeys), ("serviceLatency", latencyKeys), ("completion", latencyKeys),
            ("spread", latencyKeys), ("handshake", latencyKeys), ("reconnect", latencyKeys),
            (
                "generator",
                [
                    "cpuNanosecondsPerDelivery", "scheduleLagP99Nanoseconds", "verdict", "reasons",
                    "busyFraction", "waitingFraction", "receiveDelayP99Nanoseconds",
                    "receiveModerationNanoseconds", "loopLagP99Nanoseconds", "receiveBacklogP99Bytes",
                    "receiveBacklogMaxBytes", "receiveQueue",
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
                    "reconnects", "reconnectJitter", "serverPid", "thresholds", "behaviour",
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
            "startedAt", "durationNanoseconds", "expected", "lost", "duplicated", "reordered", "receivedBytes",
            "latencyP90Nanoseconds", "latencyMaxNanoseconds", "scheduleLagP99Nanoseconds",
            "away",
        ]
        #expect(intervals.first?.keys == expected)
        #expect(intervals.first?["latencyP99Nanoseconds"] == .null)
    }

    @Test("an interval of an older version is read, and what it does not tell is unknown")
    func olderInterval() throws {
        let text =
            """
            {"second":0,"published":1,"received":2,"latencyP50Nanoseconds":3,"latencyP99Nanoseconds":null,"connected":4}
            """
        let interval = try JSONDecoder().decode(IntervalRecord.self, from: Data(text.utf8))
        let expected = IntervalRecord(
            second: 0, published: 1, received: 2, latencyP50Nanoseconds: 3, latencyP99Nanoseconds: nil, connected: 4)
        #expect(interval == expected)
        #expect(interval.lost == nil)
        #expect(interval.deliveriesPerSecond == nil)
    }

    @Test("a threshold over windows has keys of its own")
    func windowKeys() throws {
        var result = RunResult.sample()
        result.thresholds = [
            ThresholdOutcome(
                expression: "latency.p99<50ms over 5s", value: 1, passed: true, windowNanoseconds: 5_000_000_000,
                worstWindowStartNanoseconds: 2_000_000_000)
        ]
        guard case .array(let thresholds) = try Self.tree(result)["thresholds"] else {
            Issue.record("no array")
            return
        }
        let expected: Set = ["expression", "value", "passed", "windowNanoseconds", "worstWindowStartNanoseconds"]
        #expect(thresholds.first?.keys == expected)
        #expect(try RunResult.decode(result.encoded()) == result)
    }

    @Test("the generator's own queue has its keys, and is null where the kernel gave no stamps")
    func receiveQueue() throws {
        var result = RunResult.sample()
        #expect(
            try Self.tree(result)["generator"]?["receiveQueue"]?.keys
                == ["count", "p50Nanoseconds", "p99Nanoseconds", "maxNanoseconds"])
        result.generator.receiveQueue = ReceiveQueueFigures(.empty)
        #expect(try Self.tree(result)["generator"]?["receiveQueue"]?["count"] == .number(0))
        #expect(try Self.tree(result)["generator"]?["receiveQueue"]?["p99Nanoseconds"] == .null)
        result.generator.receiveQueue = nil
        #expect(try Self.tree(result)["generator"]?["receiveQueue"] == .null)
        #expect(try RunResult.decode(result.encoded()) == result)
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

    @Test("a result from before clients could leave by plan reads as one that does not know")
    func older() throws {
        var result = RunResult.sample()
        result.reconnect = nil
        result.plan.behaviour = nil
        result.deliveries.withdrawn = nil
        result.clients = ClientCounts(requested: 100, connected: 99, failed: 1, disconnected: 2)
        result.intervals[0].away = nil
        let keys = [
            "reconnect", "behaviour", "withdrawn", "slowDisconnected", "churned", "vanished", "stormed", "reconnected",
            "away",
        ]
        let lines = String(decoding: try result.encoded(), as: UTF8.self).split(separator: "\n")
        let without = lines.filter { line in !keys.contains { line.contains("\"\($0)\"") } }
        #expect(without.count == lines.count - keys.count)
        let json = Self.joined(without.map(String.init))
        #expect(try RunResult.decode(Array(json.utf8)) == result)
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
