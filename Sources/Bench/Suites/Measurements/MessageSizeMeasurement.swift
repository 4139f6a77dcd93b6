import LoadGen
import Recording

/// `Message size (max): 1 MB`: the largest message reaches 100 clients whole; one byte more is refused.
struct MessageSizeMeasurement {
    private static let limitBytes = 1_048_576

    let context: SuiteContext

    func rows() throws -> [TargetRow] {
        let server = try context.startServer()
        defer { server.stop() }
        return [try largest(server), try tooLarge(server)]
    }

    private func largest(_ server: ServerProcess) throws -> TargetRow {
        var plan = try context.plan(server, path: "/relay")
        plan.messageBytes = Self.limitBytes
        plan.arrival = .closed(inFlight: 1)
        plan.durationNanoseconds = context.scale.seconds(3)
        let (result, _) = try context.run("1 MB messages", plan)
        let corrupted = result.errors["corrupted messages"] ?? 0
        let isMet = result.deliveries.received > 0 && result.deliveries.lost == 0 && corrupted == 0
        return TargetRow(
            target: "message of 1,048,576 bytes to 100 clients", documented: "1 MB",
            measured: isMet ? "1,048,576 bytes" : "not whole", verdict: isMet ? .met : .notMet,
            note:
                "\(HumanFormat.count(result.deliveries.received)) copies compared byte by byte, \(corrupted) corrupted, "
                + "\(result.deliveries.lost) lost")
    }

    private func tooLarge(_ server: ServerProcess) throws -> TargetRow {
        var plan = try context.plan(server, path: "/relay")
        plan.clients = 1
        plan.messageBytes = Self.limitBytes + 1
        plan.arrival = .closed(inFlight: 1)
        plan.warmupNanoseconds = 0
        plan.durationNanoseconds = 300_000_000
        plan.graceNanoseconds = 200_000_000
        plan.reconnects = false
        let (result, _) = try context.run("1 MB and a byte", plan, record: false)
        let isRefused = result.errors["closed by the server with 1009"] == 1 && result.deliveries.received == 0
        return TargetRow(
            target: "message of 1,048,577 bytes", documented: "refused",
            measured: isRefused ? "closed with 1009" : "not refused", verdict: isRefused ? .met : .notMet,
            note: isRefused ? "" : result.errors.keys.sorted().joined(separator: "; "))
    }
}
