import Recording
import Testing

/// A `broadside load` against a `TruthServer`: what it says, and what is true.
struct TruthRun {
    /// Messages a second, and how many of them there are in the half second that runs last unless told otherwise.
    static let ratePerSecond = 100
    static let messages = 50
    static let clients = 4
    static let messageBytes = 200

    let outcome: LoadOutcome
    let truth: TruthRecord

    var result: RunResult { outcome.result }

    /// - Parameters:
    ///   - pace: the arguments that say who sets it; the duration's.
    ///   - more: further arguments of `broadside load`.
    init(
        _ plan: TruthPlan, clients: Int = TruthRun.clients, pace: [String] = ["--rate", "\(TruthRun.ratePerSecond)"],
        duration: String = "500ms", messageBytes: Int = TruthRun.messageBytes,
        program: String = BroadsideProgram.path, _ more: String...
    ) throws {
        let server = try TruthServer(plan)
        outcome = try LoadOutcome(
            [
                server.url, "--clients", "\(clients)", "--duration", duration, "--warmup", "0ms", "--grace", "2s",
                "--message-bytes", "\(messageBytes)",
            ] + pace + more, program: program)
        truth = server.finish()
        #expect(truth.violations.isEmpty)
        #expect(result.deliveries.expected == result.deliveries.received + result.deliveries.lost)
        #expect(result.latency.count == result.deliveries.received)
        #expect(result.messages.published == truth.messages)
        #expect(truth.faultyMessages == plan.faultyMessages(of: truth.messages))
    }

    /// Whether the generator says that the figures of time are its own and not the server's.
    var isSaturated: Bool { result.generator.verdict == .saturated }

    /// Asserts every count of deliveries, and what was wrong with messages.
    func expect(
        received: Int, lost: Int = 0, duplicated: Int = 0, reordered: Int = 0, corrupted: Int = 0, unknown: Int = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(
            result.deliveries
                == DeliveryCounts(
                    expected: received + lost, received: received, lost: lost, duplicated: duplicated,
                    reordered: reordered, withdrawn: 0),
            sourceLocation: sourceLocation)
        #expect(result.errors["corrupted messages", default: 0] == corrupted, sourceLocation: sourceLocation)
        #expect(
            result.errors["messages that no client expected", default: 0] == unknown, sourceLocation: sourceLocation)
        let exitCode = corrupted > 0 ? 5 : outcome.exitCodeOfFigures
        #expect(outcome.exitCode == exitCode, sourceLocation: sourceLocation)
    }
}
