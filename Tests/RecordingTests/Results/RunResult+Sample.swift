@testable import Recording

extension RunResult {
    /// A result in which every figure has a value, all different where tests tell them apart.
    static func sample() -> RunResult {
        RunResult(
            startedAt: "2026-02-03T04:05:06.789Z", durationNanoseconds: 10_000_000_000, interrupted: false,
            clients: ClientCounts(
                requested: 100, connected: 99, failed: 1, disconnected: 2, connectedPerSecond: 321.5,
                slowDisconnected: 3, churned: 20, vanished: 10, stormed: 50, reconnected: 61),
            messages: MessageCounts(published: 995, intended: 1_000),
            deliveries: DeliveryCounts(
                expected: 98_505, received: 98_500, lost: 5, duplicated: 3, reordered: 4, withdrawn: 6),
            rates: RateFigures(
                publishedPerSecond: 99.5, deliveriesPerSecond: 9_850, bytesPerSecond: 1_260_800,
                generatorBound: false, requestedPerSecond: 100),
            latency: .sample(scale: 1), serviceLatency: .sample(scale: 2), completion: .sample(scale: 3),
            spread: .sample(scale: 4), handshake: .sample(scale: 5), reconnect: .sample(scale: 6),
            generator: GeneratorFigures(
                cpuNanosecondsPerDelivery: 1_350.5, scheduleLagP99Nanoseconds: 40_000, verdict: .ok,
                reasons: [],
                busyFraction: 0.25, waitingFraction: 0.01, receiveDelayP99Nanoseconds: 90_000,
                receiveModerationNanoseconds: 0, loopLagP99Nanoseconds: 70_000, receiveBacklogP99Bytes: 260,
                receiveBacklogMaxBytes: 1_300, receiveQueue: ReceiveQueueFigures(.sample(scale: 6))),
            server: ServerFigures(
                pid: 4_242, cpuNanosecondsPerDelivery: 3_400.25, residentBytes: 12_345_678, busyFraction: 0.5),
            machine: MachineDescription(
                cpu: "Some CPU", cores: 2, kernel: "Linux 6.18", distribution: "Debian",
                compiler: "Swift 6.3.1",
                commit: "abc", io: "uring", memoryBytes: 8_000_000_000, descriptorLimit: 65_536,
                loopbackMTU: 65_536),
            histograms: ["latency": LatencyHistogram().encodedV2()],
            plan: RunPlanRecord(
                url: "ws://127.0.0.1:3001/relay", mode: "broadcast", clients: 100, publishers: 1,
                ratePerSecond: 100, inFlight: nil, durationNanoseconds: 10_000_000_000,
                warmupNanoseconds: 1_000_000_000, messageBytes: 128, connectRatePerSecond: nil, threads: 2,
                io: "auto", payload: "content", connectTimeoutNanoseconds: 10_000_000_000,
                graceNanoseconds: 5_000_000_000,
                seed: .max, subprotocols: ["chat"], headerNames: ["X-Test"], reconnects: true,
                reconnectJitter: 0.5, serverPid: nil, thresholds: ["latency.p99<50ms"],
                behaviour: BehaviourRecord(
                    slowReaders: 5, slowReadBytesPerSecond: nil, churnPerSecond: 2, vanishPerSecond: 0.5,
                    storms: ["5s:50%"])),
            thresholds: [ThresholdOutcome(expression: "deliveries.lost==0", value: 5, passed: false)],
            errors: ["timeout": 7],
            intervals: [
                IntervalRecord(
                    second: 0, published: 100, received: 9_900, latencyP50Nanoseconds: 1_000,
                    latencyP99Nanoseconds: nil, connected: 99, startedAt: "2026-02-03T04:05:07.789Z",
                    durationNanoseconds: 1_000_000_000, expected: 9_900, lost: 1, duplicated: 2, reordered: 3,
                    receivedBytes: 1_267_200, latencyP90Nanoseconds: 2_000, latencyMaxNanoseconds: 4_000,
                    scheduleLagP99Nanoseconds: 5_000, away: 1)
            ])
    }
}

extension LatencySummary {
    static func sample(scale: Int) -> LatencySummary {
        LatencySummary(
            count: 98_500, minNanoseconds: scale * 1_000_000, p50Nanoseconds: scale * 5_000_000,
            p90Nanoseconds: scale * 9_000_000, p95Nanoseconds: scale * 9_500_000,
            p99Nanoseconds: scale * 9_900_000, p999Nanoseconds: scale * 9_990_000,
            maxNanoseconds: scale * 10_000_000, meanNanoseconds: scale * 5_500_000)
    }
}
