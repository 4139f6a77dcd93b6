import Recording
import Testing
import WebSocketWire

@testable import Bench
@testable import LoadGen

@Suite("LoadExposition")
struct LoadExpositionTests {
    private static let progress = LoadProgress(
        stage: .measuring, connected: 50, clients: 100, elapsedNanoseconds: 1, durationNanoseconds: 2, published: 250,
        received: 24_990, outstanding: 12, deliveriesPerSecond: 10_000, latencyP50Nanoseconds: 1,
        latencyP99Nanoseconds: 1, expected: 25_000, lost: 4, duplicated: 5, reordered: 6, receivedBytes: 7_000,
        failed: 8, disconnected: 9,
        generator: GeneratorProgress(
            busyFraction: 0.25, scheduleLagP99Nanoseconds: 500_000, receiveDelayP99Nanoseconds: 250_000_000,
            reasons: ["slow"]))

    private static let latest = IntervalRecord(
        second: 0, published: 1, received: 1, latencyP50Nanoseconds: 500_000_000, latencyP99Nanoseconds: 750_000_000,
        connected: 1, latencyP90Nanoseconds: nil, latencyMaxNanoseconds: 1_000_000_000)

    private func lines(_ progress: LoadProgress?, _ latest: IntervalRecord?) -> Set<String> {
        let latency = LatencyHistogram()
        for nanoseconds in [90_000, 200_000, 200_000, 20_000_000_000] as [UInt64] { latency.record(nanoseconds) }
        let bytes = LoadExposition.text(progress, latest: latest, latency: latency)
        return Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init))
    }

    @Test("counts, stage, latency and the generator's own figures")
    func figures() {
        let expected: Set = [
            "broadside_load_clients 100", "broadside_load_connected 50", "broadside_load_failed_clients_total 8",
            "broadside_load_disconnected_total 9", "broadside_load_published_total 250",
            "broadside_load_expected_total 25000", "broadside_load_received_total 24990",
            "broadside_load_lost_total 4", "broadside_load_duplicated_total 5", "broadside_load_reordered_total 6",
            "broadside_load_received_bytes_total 7000", "broadside_load_outstanding_messages 12",
            "broadside_load_stage{stage=\"measuring\"} 1", "broadside_load_stage{stage=\"warmup\"} 0",
            "broadside_load_latency_seconds_bucket{le=\"0.0001\"} 1",
            "broadside_load_latency_seconds_bucket{le=\"0.00025\"} 3",
            "broadside_load_latency_seconds_bucket{le=\"10\"} 3",
            "broadside_load_latency_seconds_bucket{le=\"+Inf\"} 4", "broadside_load_latency_seconds_count 4",
            "broadside_load_latency_last_second_seconds{quantile=\"0.5\"} 0.5",
            "broadside_load_latency_last_second_seconds{quantile=\"0.99\"} 0.75",
            "broadside_load_latency_last_second_seconds{quantile=\"1\"} 1",
            "broadside_load_generator_saturated 1", "broadside_load_generator_busy_ratio 0.25",
            "broadside_load_schedule_lag_p99_seconds 0.0005", "broadside_load_receive_delay_p99_seconds 0.25",
        ]
        let found = lines(Self.progress, Self.latest)
        #expect(expected.subtracting(found).isEmpty)
        #expect(!found.contains { $0.contains("quantile=\"0.9\"") })
    }

    @Test("before the run has told anything the histogram is there, and nothing is made up")
    func nothing() {
        let found = lines(nil, nil)
        #expect(found.contains("broadside_load_latency_seconds_count 4"))
        #expect(!found.contains { $0.contains("connected") || $0.contains("quantile") || $0.contains("generator") })
    }

    @Test(
        "the page is there for GET and HEAD, and no other",
        arguments: [
            ("GET", "/metrics", 200, 3), ("HEAD", "/metrics", 200, 3), ("POST", "/metrics", 405, 0),
            ("GET", "/", 404, 0), ("POST", "/other", 404, 0),
        ])
    func page(method: String, path: String, status: Int, bodyBytes: Int) {
        let page = MetricsPage()
        page.replace(with: [1, 2, 3])
        let request = HTTPRequest(
            method: method, path: path, query: nil, minorVersion: 1, headers: HTTPHeaders(), body: [])
        let response = page.answer(request)
        #expect(response.status == status)
        #expect(response.body.count == bodyBytes)
        #expect(response.headers.first("Allow") == (status == 405 ? "GET, HEAD" : nil))
        #expect(response.headers.first("Content-Type") == (status == 200 ? PrometheusWriter.contentType : nil))
    }
}
