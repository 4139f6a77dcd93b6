/// A figure of a window that thresholds can name: of those of a result (`ResultPath`) the ones that are known second by
/// second. Names are the full ones.
struct WindowPath: Sendable {
    let name: String
    /// Nil where the window has no such figure: no latency without deliveries.
    let read: @Sendable (WindowFigures) -> Double?

    static func named(_ name: String) -> WindowPath? { all.first { $0.name == name } }

    static let all: [WindowPath] = [
        WindowPath(name: "deliveries.expected") { Double($0.expected) },
        WindowPath(name: "deliveries.received") { Double($0.received) },
        WindowPath(name: "deliveries.lost") { Double($0.lost) },
        WindowPath(name: "deliveries.duplicated") { Double($0.duplicated) },
        WindowPath(name: "deliveries.reordered") { Double($0.reordered) },
        WindowPath(name: "rates.publishedPerSecond") { perSecond($0.published, $0) },
        WindowPath(name: "rates.deliveriesPerSecond") { perSecond($0.received, $0) },
        WindowPath(name: "rates.bytesPerSecond") { perSecond($0.receivedBytes, $0) },
        WindowPath(name: "latency.count") { Double($0.received) },
        latency("min") { Double($0.min) },
        latency("p50") { Double($0.percentile(50)) },
        latency("p90") { Double($0.percentile(90)) },
        latency("p95") { Double($0.percentile(95)) },
        latency("p99") { Double($0.percentile(99)) },
        latency("p999") { Double($0.percentile(99.9)) },
        latency("max") { Double($0.max) },
        latency("mean") { $0.mean.rounded() },
    ]

    private static func latency(
        _ figure: String, _ read: @escaping @Sendable (LatencyHistogram) -> Double
    ) -> WindowPath {
        WindowPath(name: "latency.\(figure)Nanoseconds") { $0.received > 0 ? read($0.latency) : nil }
    }

    private static func perSecond(_ count: Int, _ window: WindowFigures) -> Double? {
        window.seconds > 0 ? Double(count) / Double(window.seconds) : nil
    }
}
