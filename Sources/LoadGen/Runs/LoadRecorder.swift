import Recording

/// The histograms and per-second figures of a run. Loop's thread only.
struct LoadRecorder: ~Copyable {
    let latency = LatencyHistogram()
    let serviceLatency = LatencyHistogram()
    let completion = LatencyHistogram()
    let spread = LatencyHistogram()
    let handshake = LatencyHistogram()
    let scheduleLag = LatencyHistogram()
    let receiveDelay = LatencyHistogram()
    private(set) var intervals: [IntervalRecord] = []
    private(set) var receivedBytes: UInt64 = 0
    /// When the last delivery that counts came, since the run's start.
    private(set) var lastDeliveryNanoseconds: UInt64 = 0
    private let intervalLatency = LatencyHistogram()
    private var intervalReceived = 0
    private var intervalPublished = 0

    mutating func delivered(_ delivery: Delivery, atNanoseconds now: UInt64, payloadBytes: Int) {
        guard delivery.isCounted else { return }
        receivedBytes &+= UInt64(payloadBytes)
        lastDeliveryNanoseconds = now
        let fromIntended = now &- delivery.intendedNanoseconds
        latency.record(fromIntended)
        intervalLatency.record(fromIntended)
        serviceLatency.record(now &- delivery.sentNanoseconds)
        intervalReceived += 1
        guard let completed = delivery.completion else { return }
        completion.record(completed.lastArrivalNanoseconds &- delivery.intendedNanoseconds)
        spread.record(completed.lastArrivalNanoseconds &- completed.firstArrivalNanoseconds)
    }

    mutating func published(lagNanoseconds: UInt64) {
        scheduleLag.record(lagNanoseconds)
        intervalPublished += 1
    }

    /// Ends the last interval, which may be shorter: every delivery is in one of them.
    mutating func endLastInterval(connected: Int) {
        if intervalReceived > 0 || intervalPublished > 0 { endInterval(connected: connected) }
    }

    mutating func endInterval(connected: Int) {
        let summary = intervalLatency.summary()
        intervals.append(
            IntervalRecord(
                second: intervals.count, published: intervalPublished, received: intervalReceived,
                latencyP50Nanoseconds: summary.p50Nanoseconds, latencyP99Nanoseconds: summary.p99Nanoseconds,
                connected: connected))
        intervalLatency.reset()
        intervalReceived = 0
        intervalPublished = 0
    }

    /// The histograms by the names under which the result carries them.
    var encoded: [String: String] {
        [
            "latency": latency.encodedV2(), "serviceLatency": serviceLatency.encodedV2(),
            "completion": completion.encodedV2(), "spread": spread.encodedV2(),
            "handshake": handshake.encodedV2(),
        ]
    }
}
