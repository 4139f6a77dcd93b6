import Recording
import Server
import Testing

@testable import Bench

@Suite("A profile's figures and text")
struct ProfileTextTests {
    private static func load(invalid: Bool = false) -> RunResult {
        let summary = LatencySummary.empty
        return RunResult(
            startedAt: "2026-02-03T04:05:06.789Z", durationNanoseconds: 1_000_000_000, interrupted: false,
            clients: ClientCounts(requested: 100, connected: invalid ? 99 : 100, failed: 0, disconnected: 0),
            messages: MessageCounts(published: 990, intended: 990),
            deliveries: DeliveryCounts(expected: 99_000, received: 99_000, lost: 0, duplicated: 0, reordered: 0),
            rates: RateFigures(
                publishedPerSecond: 990, deliveriesPerSecond: 99_000, bytesPerSecond: 6_336_000, generatorBound: false),
            latency: summary, serviceLatency: summary, completion: summary, spread: summary, handshake: summary,
            generator: GeneratorFigures(
                cpuNanosecondsPerDelivery: 100, scheduleLagP99Nanoseconds: 1, verdict: .ok, reasons: [],
                busyFraction: 0.5, waitingFraction: 0, receiveDelayP99Nanoseconds: 1, receiveModerationNanoseconds: 0),
            server: nil,
            machine: MachineDescription(
                cpu: "Some CPU", cores: 2, kernel: "Linux 6.18", distribution: "Debian", compiler: "Swift 6.3.1",
                commit: nil, io: "uring", memoryBytes: 8_000_000_000, descriptorLimit: 65_536, loopbackMTU: 65_536),
            histograms: [:],
            plan: RunPlanRecord(
                url: "ws://127.0.0.1:3001/relay", mode: "broadcast", clients: 100, publishers: 1, ratePerSecond: nil,
                inFlight: 16, durationNanoseconds: 1_000_000_000, warmupNanoseconds: 0, messageBytes: 64,
                connectRatePerSecond: nil, threads: 1, io: "auto", payload: "content", connectTimeoutNanoseconds: 1,
                graceNanoseconds: 1,
                seed: 1, subprotocols: [], headerNames: [], reconnects: true, reconnectJitter: 0, serverPid: 42,
                thresholds: []), thresholds: [], errors: [:], intervals: [])
    }

    private static func result(invalid: Bool = false) -> ProfileResult {
        ProfileResult(
            startedAt: "2026-02-03T04:05:06.789Z", url: "ws://127.0.0.1:3001/relay", serverPid: 42,
            durationNanoseconds: 1_020_000_000, load: load(invalid: invalid))
    }

    /// 1,000 messages to 100 clients, 10 messages a round, a frame of 66 bytes.
    private static func difference() throws -> LoopDifference? {
        var report = LoopReport(loop: 0)
        report.histograms = [:]
        report.allocations = 0
        let idle = [report]
        report.kernelEntries = 200
        report.turns = 150
        report.receives = 100
        report.receivedBytes = 70_000
        report.sends = 10_000
        report.queuedBytes = 6_600_000
        report.broadcasts = 1_000
        report.deliveredBytes = 6_600_000
        report.rounds = 100
        report.roundFrames = 1_000
        report.roundDeliveries = 100_000
        let stage = LatencyHistogram()
        stage.record(1_000)
        let frames = LatencyHistogram()
        for _ in 0..<100 { frames.record(10) }
        report.histograms = ["parsingNanoseconds": stage.encodedV2(), "framesPerRound": frames.encodedV2()]
        return try LoopDifference(before: idle, after: [report], idle: (idle, idle))
    }

    @Test("the server's counters give messages, deliveries and what goes together")
    func figures() throws {
        var result = Self.result()
        result.fill(try Self.difference(), cpu: (10_000_000, 290_000_000), frameBytes: 66)
        #expect(result.messages == 1_000)
        #expect(result.deliveries == 100_000)
        #expect(result.perDelivery?.cpuNanoseconds == 3_000)
        #expect(result.perDelivery?.cpuUserNanoseconds == 100)
        #expect(result.perMessage?.kernelEntries == 0.2)
        #expect(result.perMessage?.sends == 10)
        #expect(result.perDelivery?.allocations == 0)
        #expect(result.perDelivery?.allocatedBytes == nil)
        #expect(result.batching?.framesPerSend == 10)
        #expect(result.batching?.bytesPerSend == 660)
        #expect(result.batching?.deliveriesPerKernelEntry == 500)
        #expect(result.batching?.messagesPerRound == 10)
        #expect(result.batching?.bytesPerReceive == 700)
        #expect(result.stages.map(\.name) == ["parsingNanoseconds"])
        #expect(result.queues.map(\.p99) == [10])
        #expect(result.loops.first?.histograms == nil)
        #expect(result.histograms.count == 2)
    }

    @Test("a server that reports nothing is judged by the load's own counts")
    func outside() {
        var result = Self.result()
        result.fill(nil, cpu: (0, 297_000_000), frameBytes: 66)
        #expect(result.messages == 990)
        #expect(result.deliveries == 99_000)
        #expect(result.perDelivery?.cpuNanoseconds == 3_000)
        #expect(result.perDelivery?.kernelEntries == nil)
        #expect(result.batching == nil)
        #expect(result.stages.isEmpty)
    }

    @Test("the text of a whole profile")
    func text() throws {
        var result = Self.result()
        result.fill(try Self.difference(), cpu: (10_000_000, 290_000_000), frameBytes: 66)
        result.systemCalls = SystemCallCheck(
            tool: "perf stat", outside: 201, reported: 200, messages: 1_000, deliveries: 100_000)
        result.notes = ["something could not be had"]
        #expect(
            ProfileText(result).render() == """
                profile of ws://127.0.0.1:3001/relay: 100 clients, 16 in flight, 64 B, 1,000 messages, 100,000 deliveries, 1.02 s

                                               a message  a delivery
                CPU                               300 µs     3.00 µs
                  user space                     10.0 µs      100 ns
                  kernel                          290 µs     2.90 µs
                kernel entries                     0.200     0.00200
                sends                               10.0       0.100
                turns of the loop                  0.150     0.00150
                allocations                            0           0

                together    10.0 frames and 660 B a send, 500 deliveries a kernel entry, 10.0 messages a round, 0 sends cut short
                calls       201 by perf stat, 200 by the server's own count, for 1,000 messages: 0.201 a message

                stage of a message                   p50         p99         max          of
                received → submitted             1.00 µs     1.00 µs     1.00 µs           1

                each round                           p50         p99         max          of
                frames                                10          10          10         100

                note        something could not be had
                verdict     valid

                """)
    }

    @Test("an invalid load says so in the last line")
    func invalid() {
        let text = ProfileText(Self.result(invalid: true)).render()
        #expect(text.hasSuffix("verdict     INVALID: 99 of 100 clients connected\n"))
    }
}
