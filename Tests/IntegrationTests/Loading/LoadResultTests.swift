import Recording
import Testing

@Suite("broadside load: the result")
struct LoadResultTests {
    /// Every key that the contract fixes.
    static let contractKeys: Set<String> = {
        let figures =
            ["count"] + ["min", "p50", "p90", "p95", "p99", "p999", "max", "mean"].map { "\($0)Nanoseconds" }
        let latencies = ["latency", "serviceLatency", "completion", "spread", "handshake", "reconnect"]
        let groups: [String: [String]] = [
            "clients": [
                "requested", "connected", "failed", "disconnected", "slowDisconnected", "churned", "vanished",
                "stormed", "reconnected",
            ],
            "messages": ["published", "intended"],
            "deliveries": ["expected", "received", "lost", "duplicated", "reordered"],
            "rates": ["publishedPerSecond", "deliveriesPerSecond", "bytesPerSecond", "generatorBound"],
            "generator": ["cpuNanosecondsPerDelivery", "scheduleLagP99Nanoseconds", "verdict", "reasons"],
            "server": ["pid", "cpuNanosecondsPerDelivery", "residentBytes"],
            "machine": ["cpu", "cores", "kernel", "compiler", "commit", "io"],
            "histograms": latencies,
            "plan": ["seed"],
        ]
        var keys: Set = [
            "schema", "startedAt", "durationNanoseconds", "interrupted", "thresholds", "errors", "intervals",
        ]
        for (group, members) in groups {
            keys.insert(group)
            keys.formUnion(members.map { "\(group).\($0)" })
        }
        for latency in latencies {
            keys.insert(latency)
            keys.formUnion(figures.map { "\(latency).\($0)" })
        }
        return keys
    }()

    @Test(
        "a broadcast of two processes gives every key of the contract, and books that balance",
        arguments: Drivers.available)
    func broadcast(io: String) throws {
        let server = try TestServer("--relay", "--io", io, "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--clients", "100", "--in-flight", "16", "--duration", "1s", "--warmup",
            "100ms",
            "--io", io,
        ])
        let result = outcome.result
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(Self.contractKeys.subtracting(try JSONPaths.of(outcome.json)).isEmpty)
        #expect(result.schema == "broadside.run/1")
        #expect(result.clients.connected == 100)
        #expect(result.messages.published > 0)
        #expect(result.deliveries.expected == 100 * result.messages.published)
        #expect(result.deliveries.lost == 0)
        #expect(result.deliveries.duplicated == 0)
        #expect(result.deliveries.reordered == 0)
        #expect(result.completion.count == result.messages.published)
        #expect(result.handshake.count == 100)
        #expect(result.server?.pid == server.process.pid)
        #expect(result.machine.io == io)
        #expect(result.errors.isEmpty)
        // The second one holds what came after the last message, where something did.
        #expect((1...2).contains(result.intervals.count))
        #expect(result.intervals.reduce(0) { $0 + $1.received } == result.deliveries.received)
        #expect(result.intervals.reduce(0) { $0 + $1.published } == result.messages.published)
        #expect(outcome.standardError.isEmpty, "progress is for terminals")
        try expectConsistent(result)
        #expect(server.stop() == 0)
    }

    @Test("a run in which nothing is received has every key too, as null")
    func nothingReceived() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--mode", "idle", "--clients", "20", "--duration", "200ms", "--warmup",
            "0ms",
        ])
        #expect(Self.contractKeys.subtracting(try JSONPaths.of(outcome.json)).isEmpty)
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(outcome.result.clients.connected == 20)
        #expect(outcome.result.messages.published == 0)
        #expect(outcome.result.latency.p99Nanoseconds == nil)
        try expectConsistent(outcome.result)
    }

    /// What holds in every result.
    private func expectConsistent(_ result: RunResult) throws {
        #expect(result.deliveries.expected == result.deliveries.received + result.deliveries.lost)
        #expect(result.latency.count == result.deliveries.received)
        #expect(result.serviceLatency.count == result.deliveries.received)
        let reconnect = try #require(result.reconnect)
        let summaries: [String: LatencySummary] = [
            "latency": result.latency, "serviceLatency": result.serviceLatency,
            "completion": result.completion,
            "spread": result.spread, "handshake": result.handshake,
            "reconnect": reconnect,
        ]
        #expect(Set(result.histograms.keys) == Set(summaries.keys))
        for (name, summary) in summaries {
            let text = try #require(result.histograms[name])
            let decoded = try LatencyHistogram.decodedV2(text).summary()
            #expect(decoded.count == summary.count, "\(name)")
            #expect(decoded.p50Nanoseconds == summary.p50Nanoseconds, "\(name)")
            #expect(decoded.p999Nanoseconds == summary.p999Nanoseconds, "\(name)")
        }
        #expect(result.intervals.map(\.received).reduce(0, +) <= result.deliveries.received)
    }
}
