import LoadGen
import Recording

/// `Broadcast time (100 clients): ~50ms`: from the intended send until the last of 100 clients has the message.
struct BroadcastTimeMeasurement {
    private static let documentedNanoseconds = 50e6
    private static let cases: [(bytes: Int, ratePerSecond: Double, seconds: Double, isJudged: Bool)] = [
        (64, 100, 5, true), (1_024, 100, 5, true), (65_536, 20, 5, true), (1_048_576, 1, 8, false),
    ]

    let context: SuiteContext

    func rows() throws -> [TargetRow] {
        let server = try context.startServer()
        defer { server.stop() }
        return try Self.cases.map { size in
            var plan = try context.plan(server, path: "/relay")
            plan.messageBytes = size.bytes
            plan.arrival = .open(ratePerSecond: size.ratePerSecond)
            plan.durationNanoseconds = max(context.scale.seconds(size.seconds), UInt64(3e9 / size.ratePerSecond))
            let bytes = HumanFormat.bytes(size.bytes)
            let (result, attempts) = try context.run("broadcast of \(bytes)", plan)
            return .latency(
                "broadcast to 100 clients, \(bytes)", documentedNanoseconds: Self.documentedNanoseconds,
                documented: "about 50 ms", summary: result.completion, isJudged: size.isJudged,
                invalidReasons: result.invalidReasons,
                note: [
                    "\(HumanFormat.count(Int(size.ratePerSecond))) a second",
                    size.isJudged ? "" : "not judged: the figure is documented for ordinary messages",
                    SuiteContext.note(attempts: attempts),
                ]
                .filter { !$0.isEmpty }.joined(separator: "; "))
        }
    }
}
