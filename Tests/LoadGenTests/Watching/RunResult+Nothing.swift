import Recording

extension RunResult {
    /// Of a run in which nothing happened.
    static let nothingMeasured = RunResult(
        startedAt: "2026-02-03T04:05:06.789Z", durationNanoseconds: 0, interrupted: false,
        clients: ClientCounts(requested: 1, connected: 1, failed: 0, disconnected: 0),
        messages: MessageCounts(published: 0, intended: 0),
        deliveries: DeliveryCounts(expected: 0, received: 0, lost: 0, duplicated: 0, reordered: 0),
        rates: RateFigures(publishedPerSecond: 0, deliveriesPerSecond: 0, bytesPerSecond: 0, generatorBound: false),
        latency: .empty, serviceLatency: .empty, completion: .empty, spread: .empty, handshake: .empty,
        generator: GeneratorFigures(
            cpuNanosecondsPerDelivery: nil, scheduleLagP99Nanoseconds: 0, verdict: .ok, reasons: [], busyFraction: 0,
            waitingFraction: 0, receiveDelayP99Nanoseconds: 0, receiveModerationNanoseconds: 0),
        server: nil,
        machine: MachineDescription(
            cpu: "", cores: 1, kernel: "", distribution: "", compiler: "", commit: nil, io: "epoll", memoryBytes: 0,
            descriptorLimit: 0, loopbackMTU: 0),
        histograms: [:],
        plan: RunPlanRecord(
            url: "ws://127.0.0.1:1/", mode: "broadcast", clients: 1, publishers: 1, ratePerSecond: 1, inFlight: nil,
            durationNanoseconds: 0, warmupNanoseconds: 0, messageBytes: 128, connectRatePerSecond: nil, threads: 1,
            io: "epoll", payload: "content", connectTimeoutNanoseconds: 0, graceNanoseconds: 0, seed: 1,
            subprotocols: [], headerNames: [], reconnects: true, reconnectJitter: 0, serverPid: nil, thresholds: []),
        thresholds: [], errors: [:], intervals: [])
}
