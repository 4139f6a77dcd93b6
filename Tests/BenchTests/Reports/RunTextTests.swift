import Recording
import Testing

@testable import Bench

@Suite("RunText")
struct RunTextTests {
    private static func latency(_ scale: Int, count: Int = 100_000) -> LatencySummary {
        LatencySummary(
            count: count, minNanoseconds: scale, p50Nanoseconds: scale * 50, p90Nanoseconds: scale * 90,
            p95Nanoseconds: scale * 95, p99Nanoseconds: scale * 990, p999Nanoseconds: scale * 9_990,
            maxNanoseconds: scale * 12_345, meanNanoseconds: scale * 55)
    }

    private static func result() -> RunResult {
        RunResult(
            startedAt: "2026-02-03T04:05:06.789Z", durationNanoseconds: 10_000_000_000, interrupted: false,
            clients: ClientCounts(requested: 100, connected: 100, failed: 0, disconnected: 0),
            messages: MessageCounts(published: 1_000, intended: 1_000),
            deliveries: DeliveryCounts(
                expected: 100_000, received: 100_000, lost: 0, duplicated: 0, reordered: 0),
            rates: RateFigures(
                publishedPerSecond: 100, deliveriesPerSecond: 10_000, bytesPerSecond: 1_280_000,
                generatorBound: false),
            latency: latency(1_000), serviceLatency: latency(900), completion: latency(2_000), spread: latency(400),
            handshake: latency(3_000, count: 100),
            generator: GeneratorFigures(
                cpuNanosecondsPerDelivery: 1_350, scheduleLagP99Nanoseconds: 40_000, verdict: .ok, reasons: [],
                busyFraction: 0.12, waitingFraction: 0, receiveDelayP99Nanoseconds: 90_000,
                receiveModerationNanoseconds: 0),
            server: ServerFigures(
                pid: 4_242, cpuNanosecondsPerDelivery: 3_400, residentBytes: 12_582_912, busyFraction: 0.34),
            machine: MachineDescription(
                cpu: "Some CPU", cores: 2, kernel: "Linux", distribution: "Debian", compiler: "Swift", commit: nil,
                io: "uring", memoryBytes: 1, descriptorLimit: 1, loopbackMTU: nil),
            histograms: [:],
            plan: RunPlanRecord(
                url: "ws://127.0.0.1:3001/relay", mode: "broadcast", clients: 100, publishers: 1, ratePerSecond: 100,
                inFlight: nil, durationNanoseconds: 10_000_000_000, warmupNanoseconds: 1_000_000_000,
                messageBytes: 128, connectRatePerSecond: nil, threads: 1, io: "auto", payload: "content",
                connectTimeoutNanoseconds: 1, graceNanoseconds: 1, seed: 1, subprotocols: [], headerNames: [],
                reconnects: true, reconnectJitter: 0, serverPid: nil, thresholds: []),
            thresholds: [], errors: [:], intervals: [])
    }

    @Test("a run in which all was well")
    func valid() {
        let expected = """
            broadcast ws://127.0.0.1:3001/relay  100 clients, 1 publisher, 100 /s open loop, 128 B, 10.0 s

            clients     100 of 100 connected
            messages    1,000 of 1,000 published           100 /s
            deliveries  100,000 of 100,000 received      10.0 k/s    1.22 MiB/s
            faults      none

                               p50       p90       p99     p99.9       max
            latency        50.0 µs   90.0 µs    990 µs   9.99 ms   12.3 ms
            service        45.0 µs   81.0 µs    891 µs   8.99 ms   11.1 ms
            completion      100 µs    180 µs   1.98 ms   20.0 ms   24.7 ms
            spread         20.0 µs   36.0 µs    396 µs   4.00 ms   4.94 ms
            handshake       150 µs    270 µs   2.97 ms   30.0 ms   37.0 ms

            cost        generator 12 % of a core, server 34 % of a core, 3.40 µs a delivery, 12 MiB resident
            generator   schedule p99 40.0 µs late
            verdict     valid

            """
        #expect(RunText.render(Self.result()) == expected)
    }

    @Test("a run in which nothing was, with the reasons below one another")
    func invalid() {
        var result = Self.result()
        result.clients = ClientCounts(requested: 100, connected: 98, failed: 2, disconnected: 1)
        result.deliveries = DeliveryCounts(expected: 98_000, received: 97_990, lost: 10, duplicated: 1, reordered: 2)
        result.thresholds = [
            ThresholdOutcome(expression: "latency.p99<5ms", value: 990_000, passed: true),
            ThresholdOutcome(
                expression: "latency.p99<5ms over 5s", value: 61_000_000, passed: false,
                windowNanoseconds: 5_000_000_000, worstWindowStartNanoseconds: 3_000_000_000),
            ThresholdOutcome(expression: "deliveries.lost==0", value: 10, passed: false),
            ThresholdOutcome(expression: "server.residentBytes<1", value: nil, passed: false),
        ]
        result.errors = ["timeout": 1_200, "a\nb": 3, "c": 3]
        let expected = """
            error       1,200 × timeout
            error       3 × a b
            error       3 × c
            threshold   met      latency.p99<5ms: 990 µs
            threshold   NOT MET  latency.p99<5ms over 5s: 61.0 ms, worst from second 3 on
            threshold   NOT MET  deliveries.lost==0: 10
            threshold   NOT MET  server.residentBytes<1: no figure
            verdict     INVALID: 98 of 100 clients connected
                                 10 deliveries lost

            """
        let text = RunText.render(result)
        #expect(text.hasSuffix(expected), "\(text)")
        let faults = "faults      2 clients not connected, 1 disconnected, 10 lost, 1 duplicated, 2 reordered\n"
        #expect(text.contains(faults))
    }

    @Test("an interrupted run says so, whatever else is wrong with it")
    func interrupted() {
        var result = Self.result()
        result.interrupted = true
        result.deliveries.lost = 3
        let text = RunText.render(result)
        #expect(text.hasSuffix("verdict     interrupted: the figures are those of the part that was measured\n"))
        #expect(!text.contains("INVALID"))
    }

    @Test("a closed loop names its window, and whether the generator set the pace")
    func closedLoop() {
        var result = Self.result()
        result.plan.ratePerSecond = nil
        result.plan.inFlight = 8
        result.rates.generatorBound = true
        result.generator.receiveModerationNanoseconds = 250_000
        let text = RunText.render(result)
        #expect(text.hasPrefix("broadcast ws://127.0.0.1:3001/relay  100 clients, 1 publisher, 8 in flight, 128 B, "))
        #expect(text.contains("cost        generator 12 % of a core (reading every 250 µs), server"))
        #expect(text.hasSuffix("verdict     valid (the generator set the pace)\n"))
    }

    @Test("without deliveries and without a server of ours there are no figures of either")
    func idle() {
        var result = Self.result()
        result.plan.mode = "idle"
        result.plan.clients = 1
        result.plan.publishers = 0
        result.plan.ratePerSecond = nil
        result.latency = .empty
        result.serviceLatency = .empty
        result.completion = .empty
        result.spread = .empty
        result.handshake = .empty
        result.server = nil
        let text = RunText.render(result)
        #expect(text.hasPrefix("idle ws://127.0.0.1:3001/relay  1 client, nothing published, 10.0 s\n"))
        #expect(!text.contains("p50"))
        #expect(text.contains("faults      none\n\ncost        generator 12 % of a core\nverdict"))
    }

    @Test("of many kinds of errors the commonest are listed")
    func manyErrors() {
        var result = Self.result()
        result.errors = Dictionary(uniqueKeysWithValues: (1...7).map { ("kind \($0)", $0) })
        let text = RunText.render(result)
        #expect(text.contains("error       7 × kind 7\n"))
        #expect(text.contains("error       3 × kind 3\n            and 2 kinds more\n"))
        #expect(!text.contains("kind 2"))
    }

    @Test("as comma-separated values it is the table of its seconds")
    func csv() {
        var result = Self.result()
        #expect(RunText.csv(result) == IntervalTable.header(tagged: "generator"))
        let interval = IntervalRecord(
            second: 0, published: 1, received: 2, latencyP50Nanoseconds: nil, latencyP99Nanoseconds: nil, connected: 4)
        result.intervals = [interval, interval]
        let row = IntervalTable.row(interval, tag: "ok")
        #expect(RunText.csv(result) == IntervalTable.header(tagged: "generator") + row + row)
    }
}
