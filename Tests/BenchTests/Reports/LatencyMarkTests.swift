import Recording
import Testing

@testable import Bench
@testable import LoadGen

@Suite("What the generator may have caused itself is marked")
struct LatencyMarkTests {
    private static let latencies = ["latency", "service", "completion", "spread", "handshake"]

    private func result(_ verdict: GeneratorVerdict, queue: ReceiveQueueFigures? = nil) -> RunResult {
        let histogram = LatencyHistogram()
        histogram.record(1_200_000)
        let summary = histogram.summary()
        return RunResult(
            startedAt: "2026-02-03T04:05:06.789Z", durationNanoseconds: 1_000_000_000, interrupted: false,
            clients: ClientCounts(requested: 1, connected: 1, failed: 0, disconnected: 0),
            messages: MessageCounts(published: 1, intended: 1),
            deliveries: DeliveryCounts(expected: 1, received: 1, lost: 0, duplicated: 0, reordered: 0),
            rates: RateFigures(
                publishedPerSecond: 1, deliveriesPerSecond: 1, bytesPerSecond: 64, generatorBound: false),
            latency: summary, serviceLatency: summary, completion: summary, spread: summary, handshake: summary,
            generator: GeneratorFigures(
                cpuNanosecondsPerDelivery: 100, scheduleLagP99Nanoseconds: 2_000_000, verdict: verdict,
                reasons: verdict == .ok ? [] : ["schedule lag p99 2.00 ms, limit 1.00 ms"], busyFraction: 0.5,
                waitingFraction: 0, receiveDelayP99Nanoseconds: 1, receiveModerationNanoseconds: 0,
                loopLagP99Nanoseconds: 3_000_000, receiveBacklogP99Bytes: 512, receiveBacklogMaxBytes: 1_024,
                receiveQueue: queue),
            server: nil,
            machine: MachineDescription(
                cpu: "Some CPU", cores: 2, kernel: "Linux 6.18", distribution: "Debian", compiler: "Swift 6.3.1",
                commit: nil, io: "uring", memoryBytes: 8_000_000_000, descriptorLimit: 65_536, loopbackMTU: 65_536),
            histograms: [:],
            plan: RunPlanRecord(
                url: "ws://127.0.0.1:3001/relay", mode: "broadcast", clients: 1, publishers: 1, ratePerSecond: 1,
                inFlight: nil, durationNanoseconds: 1_000_000_000, warmupNanoseconds: 0, messageBytes: 64,
                connectRatePerSecond: nil, threads: 1, io: "auto", payload: "content", connectTimeoutNanoseconds: 1,
                graceNanoseconds: 1, seed: 1, subprotocols: [], headerNames: [], reconnects: true, reconnectJitter: 0,
                serverPid: nil, thresholds: ["latency.p99<50ms"]),
            thresholds: [ThresholdOutcome(expression: "latency.p99<50ms", value: 1_200_000, passed: true)],
            errors: [:],
            intervals: [
                IntervalRecord(
                    second: 0, published: 1, received: 1, latencyP50Nanoseconds: 1_200_000,
                    latencyP99Nanoseconds: 1_200_000, connected: 1)
            ])
    }

    private func lines(_ text: String, startingWith words: [String]) -> [Substring] {
        text.split(separator: "\n").filter { line in words.contains { line.hasPrefix($0 + " ") } }
    }

    @Test("each latency of a saturated run, and each threshold on it, ends with INVALID")
    func saturated() {
        let text = RunText.render(result(.saturated))
        let figures = lines(text, startingWith: Self.latencies + ["threshold"])
        #expect(figures.count == Self.latencies.count + 1)
        for line in figures { #expect(line.hasSuffix("  INVALID"), "\(line)") }
        #expect(text.contains("verdict     INVALID: generator saturated: schedule lag"))
    }

    @Test("of one that kept up none does")
    func valid() {
        let text = RunText.render(result(.ok))
        #expect(lines(text, startingWith: Self.latencies).count == Self.latencies.count)
        #expect(!text.contains("INVALID"))
    }

    @Test("each line of the comma-separated values carries the verdict", arguments: ["ok", "saturated"])
    func commaSeparated(word: String) throws {
        let verdict = try #require(GeneratorVerdict(rawValue: word))
        let lines = RunText.csv(result(verdict)).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasSuffix(",generator") == true)
        #expect(lines.last?.hasPrefix("0,1,1,1200000,1200000,1,") == true)
        #expect(lines.last?.hasSuffix(",\(word)") == true)
    }

    @Test("how late the generator was stands in one line, its own queue where the kernel told it")
    func generatorLine() {
        let plain = RunText.render(result(.ok))
        #expect(plain.contains("generator   schedule p99 2.00 ms late, loop p99 3.00 ms away, 512 B waiting at p99\n"))
        let histogram = LatencyHistogram()
        histogram.record(1_000)
        let stamped = RunText.render(result(.ok, queue: ReceiveQueueFigures(histogram.summary())))
        #expect(stamped.contains("own queue p50 1.00 µs, p99 1.00 µs (1 kernel stamps)"))
    }

    @Test("while it runs the latencies of a generator that does not keep up are marked", arguments: [false, true])
    func progress(isSaturated: Bool) {
        let text = ProgressLine.text(
            LoadProgress(
                stage: .measuring, connected: 1, clients: 1, elapsedNanoseconds: 1_000_000_000,
                durationNanoseconds: 2_000_000_000, published: 1, received: 1, outstanding: 0, deliveriesPerSecond: 1,
                latencyP50Nanoseconds: 1_000_000, latencyP99Nanoseconds: 2_000_000, isSaturated: isSaturated))
        #expect(text.contains("p50 1.00 ms! ") == isSaturated)
        #expect(text.contains("p99 2.00 ms! ") == isSaturated)
        #expect(text.hasSuffix("generator saturated") == isSaturated)
        #expect(text.contains("p99 2.00 ms"))
    }
}
