import Recording

/// The histograms and per-second figures of a run. Loop's thread only.
struct LoadRecorder: ~Copyable {
    /// Without the second under way, as `scheduleLag`; complete when the run has ended.
    let latency = LatencyHistogram()
    let serviceLatency = LatencyHistogram()
    let completion = LatencyHistogram()
    let spread = LatencyHistogram()
    let handshake = LatencyHistogram()
    let reconnect = LatencyHistogram()
    let scheduleLag = LatencyHistogram()
    let receiveDelay = LatencyHistogram()
    private(set) var receivedBytes: UInt64 = 0
    /// When the last delivery that counts came, since the run's start.
    private(set) var lastDeliveryNanoseconds: UInt64 = 0
    /// What has been recorded since the last second ended: `latency` and `scheduleLag` have it when this one does.
    private var second = LoadSecond()

    mutating func delivered(_ delivery: Delivery, atNanoseconds now: UInt64, payloadBytes: Int) {
        guard delivery.isCounted else { return }
        receivedBytes &+= UInt64(payloadBytes)
        lastDeliveryNanoseconds = now
        second.latency.record(now &- delivery.intendedNanoseconds)
        serviceLatency.record(now &- delivery.sentNanoseconds)
        guard let completed = delivery.completion else { return }
        completion.record(completed.lastArrivalNanoseconds &- delivery.intendedNanoseconds)
        spread.record(completed.lastArrivalNanoseconds &- completed.firstArrivalNanoseconds)
    }

    func published(lagNanoseconds: UInt64) {
        second.scheduleLag.record(lagNanoseconds)
    }

    /// Hands out the histograms of the second that ends, once they are in those of the run, and begins a new one.
    ///
    /// One histogram is recorded in for each delivery instead of two; the rest is paid here, about 50 µs.
    mutating func takeSecond() -> LoadSecond {
        defer { second = LoadSecond() }
        latency.merge(second.latency)
        scheduleLag.merge(second.scheduleLag)
        return second
    }

    /// The histograms by the names under which the result carries them.
    var encoded: [String: String] {
        [
            "latency": latency.encodedV2(), "serviceLatency": serviceLatency.encodedV2(),
            "completion": completion.encodedV2(), "spread": spread.encodedV2(),
            "handshake": handshake.encodedV2(), "reconnect": reconnect.encodedV2(),
        ]
    }
}
