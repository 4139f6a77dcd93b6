import LoadGen
import Recording

/// A run that goes on, as Prometheus reads it. Pure.
///
/// Counters count the measured part, as the result does.
enum LoadExposition {
    /// 100 µs to 10 s.
    static let boundsNanoseconds: [UInt64] = [
        100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000,
        250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000,
    ]

    /// - Parameters:
    ///   - progress: nil before the run has told.
    ///   - latest: the last second that is over.
    ///   - latency: of all seconds that are over.
    static func text(_ progress: LoadProgress?, latest: IntervalRecord?, latency: LatencyHistogram) -> [UInt8] {
        var text = PrometheusWriter()
        if let progress {
            clients(progress, to: &text)
            counts(progress, to: &text)
        }
        text.histogram(
            "broadside_load_latency_seconds", help: "From the intended send to each delivery.",
            PrometheusHistogram(latency, boundsNanoseconds: boundsNanoseconds))
        quantiles(latest, to: &text)
        if let generator = progress?.generator { self.generator(generator, to: &text) }
        return text.bytes
    }

    private static func clients(_ progress: LoadProgress, to text: inout PrometheusWriter) {
        text.gauge("broadside_load_clients", help: "Clients asked for.", Double(progress.clients))
        text.gauge("broadside_load_connected", help: "Clients connected.", Double(progress.connected))
        text.counter(
            "broadside_load_failed_clients_total", help: "Clients that could not be connected.",
            UInt64(max(0, progress.failed)))
        text.counter(
            "broadside_load_disconnected_total", help: "Ends of connections that were not asked for.",
            UInt64(max(0, progress.disconnected)))
        text.gauge(
            "broadside_load_stage", help: "1 for the stage that the run is in.",
            LoadProgress.Stage.allCases.map { stage in
                PrometheusSeries(["stage": stage.rawValue], stage == progress.stage ? 1.0 : 0.0)
            })
    }

    private static func counts(_ progress: LoadProgress, to text: inout PrometheusWriter) {
        let counters: [(name: String, help: String, value: UInt64)] = [
            ("published", "Messages published.", progress.published),
            ("expected", "Deliveries expected: each message at each client that should have it.", progress.expected),
            ("received", "Deliveries that came, first copies.", progress.received),
            ("lost", "Deliveries given up.", progress.lost),
            ("duplicated", "Further copies.", progress.duplicated),
            ("reordered", "Deliveries after a later message of the same publisher.", progress.reordered),
            ("received_bytes", "Their payload.", progress.receivedBytes),
        ]
        for counter in counters {
            text.counter("broadside_load_\(counter.name)_total", help: counter.help, counter.value)
        }
        text.gauge(
            "broadside_load_outstanding_messages", help: "Messages that some client has yet to receive.",
            Double(progress.outstanding))
    }

    private static func quantiles(_ latest: IntervalRecord?, to text: inout PrometheusWriter) {
        guard let latest else { return }
        let quantiles: [(String, Int?)] = [
            ("0.5", latest.latencyP50Nanoseconds), ("0.9", latest.latencyP90Nanoseconds),
            ("0.99", latest.latencyP99Nanoseconds), ("1", latest.latencyMaxNanoseconds),
        ]
        text.gauge(
            "broadside_load_latency_last_second_seconds", help: "Of the last second; absent without deliveries.",
            quantiles.compactMap { name, value in
                value.map { PrometheusSeries(["quantile": name], Double($0) / 1e9) }
            })
    }

    private static func generator(_ generator: GeneratorProgress, to text: inout PrometheusWriter) {
        text.gauge(
            "broadside_load_generator_saturated",
            help: "1 where the last second alone would make the run invalid.", generator.reasons.isEmpty ? 0 : 1)
        text.gauge(
            "broadside_load_generator_busy_ratio", help: "Of a core, of the busiest thread.", generator.busyFraction)
        text.gauge(
            "broadside_load_schedule_lag_p99_seconds", help: "How late messages left in the last second.",
            Double(generator.scheduleLagP99Nanoseconds) / 1e9)
        text.gauge(
            "broadside_load_receive_delay_p99_seconds", help: "How long received data waited before it was read.",
            Double(generator.receiveDelayP99Nanoseconds) / 1e9)
    }
}
