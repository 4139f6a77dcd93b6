import LoadGen
import Recording

/// `Concurrent clients: 100+`: so many connected at once, and every one of them served.
struct ConcurrencyMeasurement {
    private static let documentedClients = 100.0
    /// Descriptors that are not clients.
    private static let reserve = 256

    let context: SuiteContext

    func rows() throws -> [TargetRow] {
        try context.scale.clientCounts.map(row)
    }

    private func row(_ clients: Int) throws -> TargetRow {
        let target = "\(HumanFormat.count(clients)) concurrent clients, each served every broadcast"
        let descriptors = DescriptorLimit.raise()
        guard descriptors >= clients + Self.reserve else {
            return .invalid(
                target, "100+",
                ["the descriptor limit is \(descriptors); raise it (ulimit -Hn) to \(clients + Self.reserve)"])
        }
        let server = try context.startServer()
        defer { server.stop() }
        var plan = try context.plan(server, path: "/relay")
        plan.clients = clients
        plan.messageBytes = 64
        plan.arrival = .open(ratePerSecond: clients > 1_000 ? 5 : 20)
        plan.durationNanoseconds = context.scale.seconds(3)
        let (result, attempts) = try context.run("\(HumanFormat.count(clients)) clients", plan)
        let served = result.deliveries.expected > 0 && result.deliveries.lost == 0
        // The row may be met all the same, so that its verdict would not mark times which are the generator's.
        let isSaturated = result.generator.verdict == .saturated
        let completion =
            isSaturated
            ? "INVALID (generator saturated)"
            : result.completion.p50Nanoseconds.map { HumanFormat.nanoseconds($0) } ?? "-"
        let resident = result.server?.residentBytes.map { ", server \(HumanFormat.bytes($0)) resident" } ?? ""
        let isMet = result.clients.connected == clients && served
        return TargetRow(
            target: target, documented: "100+", measured: HumanFormat.count(result.clients.connected),
            factor: Double(result.clients.connected) / Self.documentedClients,
            p99Nanoseconds: isSaturated ? nil : result.completion.p99Nanoseconds,
            maxNanoseconds: isSaturated ? nil : result.completion.maxNanoseconds,
            // How many are served is a count: a generator that was late does not make it wrong, only a loss doubtful.
            verdict: isMet ? .met : (isSaturated ? .invalid : .notMet),
            note: [
                "\(result.messages.published) broadcasts, \(result.deliveries.lost) deliveries lost, "
                    + "completion p50 \(completion)\(resident)", SuiteContext.note(attempts: attempts),
            ]
            .filter { !$0.isEmpty }.joined(separator: "; "))
    }
}
