/// A figure of a result that thresholds can name, by its path in the JSON, as in `latency.p99Nanoseconds`.
///
/// The figures are what a run measures; its plan and the machine are no objectives. `errors` is open: any
/// kind of error can be named, and one that did not occur counts 0.
struct ResultPath: Sendable {
    let name: String
    let read: @Sendable (RunResult) -> Double?

    /// Whether the figure is a time in nanoseconds.
    var isDuration: Bool { shortName != name }

    /// The name without its unit, as in `latency.p99`.
    var shortName: String {
        guard let unit = name.firstRange(of: "Nanoseconds") else { return name }
        return String(name[..<unit.lowerBound] + name[unit.upperBound...])
    }

    /// The figure with that name or short name, if there is one.
    static func named(_ name: String) -> ResultPath? {
        if let path = all.first(where: { $0.name == name || $0.shortName == name }) { return path }
        let prefix = "errors."
        guard name.hasPrefix(prefix), name.count > prefix.count else { return nil }
        let kind = String(name.dropFirst(prefix.count))
        return ResultPath(name: name) { Double($0.errors[kind] ?? 0) }
    }

    static let all: [ResultPath] = counts + rates + processes + honesty + latencies

    private static let counts = [
        ResultPath(name: "durationNanoseconds") { Double($0.durationNanoseconds) },
        ResultPath(name: "clients.requested") { Double($0.clients.requested) },
        ResultPath(name: "clients.connected") { Double($0.clients.connected) },
        ResultPath(name: "clients.failed") { Double($0.clients.failed) },
        ResultPath(name: "clients.disconnected") { Double($0.clients.disconnected) },
        ResultPath(name: "clients.connectedPerSecond") { $0.clients.connectedPerSecond },
        ResultPath(name: "clients.slowDisconnected") { $0.clients.slowDisconnected.map { Double($0) } },
        ResultPath(name: "clients.churned") { $0.clients.churned.map { Double($0) } },
        ResultPath(name: "clients.vanished") { $0.clients.vanished.map { Double($0) } },
        ResultPath(name: "clients.stormed") { $0.clients.stormed.map { Double($0) } },
        ResultPath(name: "clients.reconnected") { $0.clients.reconnected.map { Double($0) } },
        ResultPath(name: "messages.published") { Double($0.messages.published) },
        ResultPath(name: "messages.intended") { Double($0.messages.intended) },
        ResultPath(name: "deliveries.expected") { Double($0.deliveries.expected) },
        ResultPath(name: "deliveries.received") { Double($0.deliveries.received) },
        ResultPath(name: "deliveries.lost") { Double($0.deliveries.lost) },
        ResultPath(name: "deliveries.duplicated") { Double($0.deliveries.duplicated) },
        ResultPath(name: "deliveries.reordered") { Double($0.deliveries.reordered) },
        ResultPath(name: "deliveries.withdrawn") { $0.deliveries.withdrawn.map { Double($0) } },
    ]

    private static let rates = [
        ResultPath(name: "rates.publishedPerSecond") { $0.rates.publishedPerSecond },
        ResultPath(name: "rates.deliveriesPerSecond") { $0.rates.deliveriesPerSecond },
        ResultPath(name: "rates.bytesPerSecond") { $0.rates.bytesPerSecond },
        ResultPath(name: "rates.requestedPerSecond") { $0.rates.requestedPerSecond },
    ]

    private static let processes = [
        ResultPath(name: "generator.cpuNanosecondsPerDelivery") { $0.generator.cpuNanosecondsPerDelivery },
        ResultPath(name: "generator.scheduleLagP99Nanoseconds") {
            Double($0.generator.scheduleLagP99Nanoseconds)
        },
        ResultPath(name: "generator.receiveDelayP99Nanoseconds") {
            Double($0.generator.receiveDelayP99Nanoseconds)
        },
        ResultPath(name: "generator.receiveModerationNanoseconds") {
            Double($0.generator.receiveModerationNanoseconds)
        },
        ResultPath(name: "generator.busyFraction") { $0.generator.busyFraction },
        ResultPath(name: "generator.waitingFraction") { $0.generator.waitingFraction },
        ResultPath(name: "server.cpuNanosecondsPerDelivery") { $0.server?.cpuNanosecondsPerDelivery },
        ResultPath(name: "server.residentBytes") { $0.server?.residentBytes.map { Double($0) } },
        ResultPath(name: "server.busyFraction") { $0.server?.busyFraction },
    ]

    /// What the generator notes about itself.
    private static let honesty = [
        ResultPath(name: "generator.loopLagP99Nanoseconds") { $0.generator.loopLagP99Nanoseconds.map { Double($0) } },
        ResultPath(name: "generator.receiveBacklogP99Bytes") { $0.generator.receiveBacklogP99Bytes.map { Double($0) } },
        ResultPath(name: "generator.receiveBacklogMaxBytes") { $0.generator.receiveBacklogMaxBytes.map { Double($0) } },
        ResultPath(name: "generator.receiveQueue.count") { $0.generator.receiveQueue.map { Double($0.count) } },
        ResultPath(name: "generator.receiveQueue.p50Nanoseconds") {
            $0.generator.receiveQueue?.p50Nanoseconds.map { Double($0) }
        },
        ResultPath(name: "generator.receiveQueue.p99Nanoseconds") {
            $0.generator.receiveQueue?.p99Nanoseconds.map { Double($0) }
        },
        ResultPath(name: "generator.receiveQueue.maxNanoseconds") {
            $0.generator.receiveQueue?.maxNanoseconds.map { Double($0) }
        },
    ]

    private static let latencies: [ResultPath] = {
        let sections: [(String, @Sendable (RunResult) -> LatencySummary?)] = [
            ("latency", \.latency), ("serviceLatency", \.serviceLatency), ("completion", \.completion),
            ("spread", \.spread), ("handshake", \.handshake), ("reconnect", \.reconnect),
        ]
        let figures: [(String, @Sendable (LatencySummary) -> Int?)] = [
            ("count", \.count), ("minNanoseconds", \.minNanoseconds), ("p50Nanoseconds", \.p50Nanoseconds),
            ("p90Nanoseconds", \.p90Nanoseconds), ("p95Nanoseconds", \.p95Nanoseconds),
            ("p99Nanoseconds", \.p99Nanoseconds), ("p999Nanoseconds", \.p999Nanoseconds),
            ("maxNanoseconds", \.maxNanoseconds), ("meanNanoseconds", \.meanNanoseconds),
        ]
        return sections.flatMap { section, summary in
            figures.map { figure, value in
                ResultPath(name: "\(section).\(figure)") { summary($0).flatMap(value).map { Double($0) } }
            }
        }
    }()
}
