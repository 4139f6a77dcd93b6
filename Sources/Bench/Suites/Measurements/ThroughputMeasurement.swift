import LoadGen
import Recording

/// `Messages per second: 10,000+`: that rate, open loop, to 100 clients; then the highest rate that holds.
struct ThroughputMeasurement {
    private static let documentedPerSecond = 10_000.0
    private static let clients = 100
    private static let messageBytes = 128
    /// A level holds while its median completion stays below the documented broadcast time.
    private static let completionLimitNanoseconds = 50_000_000

    let context: SuiteContext

    func rows() throws -> [TargetRow] {
        let server = try context.startServer()
        defer { server.stop() }
        var plan = try context.plan(server, path: "/relay")
        plan.clients = Self.clients
        plan.messageBytes = Self.messageBytes
        return [try documentedRate(plan), try highestRate(plan)]
    }

    private func documentedRate(_ base: LoadPlan) throws -> TargetRow {
        var plan = base
        plan.arrival = .open(ratePerSecond: Self.documentedPerSecond)
        plan.durationNanoseconds = context.scale.seconds(10)
        let (result, attempts) = try context.run("10,000 messages per second", plan)
        let published = result.rates.publishedPerSecond
        let isMet = published >= Self.documentedPerSecond * 0.99 && result.deliveries.lost == 0
        return TargetRow(
            target: "messages per second, each to 100 clients", documented: "10,000+",
            measured: HumanFormat.count(Int(published.rounded())), factor: published / Self.documentedPerSecond,
            p99Nanoseconds: result.latency.p99Nanoseconds, maxNanoseconds: result.latency.maxNanoseconds,
            verdict: result.isValid ? (isMet ? .met : .notMet) : .invalid,
            note: notes(
                [
                    "\(HumanFormat.rate(result.rates.deliveriesPerSecond)) deliveries, \(result.deliveries.lost) lost",
                    SuiteContext.note(attempts: attempts),
                ] + result.invalidReasons))
    }

    /// Doubles from the documented rate, halves the gap three times, confirms with a longer run.
    private func highestRate(_ base: LoadPlan) throws -> TargetRow {
        var search = RateSearch(startPerSecond: Self.documentedPerSecond)
        var limit = ""
        while let rate = search.nextPerSecond {
            let isConfirmation = search.isConfirming
            var plan = base
            plan.arrival = .open(ratePerSecond: rate)
            plan.durationNanoseconds = context.scale.seconds(isConfirmation ? 5 : 1)
            plan.graceNanoseconds = 2_000_000_000
            let name = "highest rate, \(HumanFormat.count(Int(rate))) messages per second"
            let (result, _) = try context.run(name, plan, record: isConfirmation)
            let reasons = result.invalidReasons + slowness(result)
            search.record(holds: reasons.isEmpty)
            if let reason = reasons.first { limit = reason }
        }
        let held = search.heldPerSecond
        let seconds = HumanFormat.nanoseconds(context.scale.seconds(5))
        return TargetRow(
            target: "highest rate held for \(seconds), each to 100 clients", documented: "10,000+",
            measured: held.map { HumanFormat.count(Int($0)) } ?? "not found",
            factor: held.map { $0 / Self.documentedPerSecond }, verdict: .shown,
            note: limit.isEmpty ? "" : "a level that did not hold: \(limit)")
    }

    private func slowness(_ result: RunResult) -> [String] {
        guard let median = result.completion.p50Nanoseconds, median > Self.completionLimitNanoseconds else { return [] }
        return ["completion p50 \(HumanFormat.nanoseconds(median)), limit 50 ms"]
    }

    private func notes(_ notes: [String]) -> String { notes.filter { !$0.isEmpty }.joined(separator: "; ") }
}
