import ArgumentParser
import LoadGen
import Recording

/// When messages are sent, beyond one rate: at random, in stages, or after a time to think.
struct LoadArrivalOptions: ParsableArguments {
    @Option(help: "constant or poisson: equal gaps, or those of independent senders. (default: constant)")
    var arrival: ArrivalProcess?

    @Option(help: "'DURATION:RATE' or 'DURATION:FROM..TO', not --rate and --duration; repeatable, a rate of 0 pauses.")
    var stage: [String] = []

    @Option(help: "With --in-flight: the wait between a message's end and the next one, such as 20ms or 20ms..50ms.")
    var thinkTime: String?

    /// Sets who sets the pace, and for how long.
    ///
    /// - Throws: `ValidationError` where what was given does not go together.
    func apply(to plan: inout LoadPlan, rate: Double?, inFlight: Int?, duration: String?) throws {
        try requireOne(of: [("--rate", rate != nil), ("--in-flight", inFlight != nil), ("--stage", !stage.isEmpty)])
        try requireOne(of: [("--arrival", arrival != nil), ("--in-flight", inFlight != nil)])
        try requireOne(of: [("--duration", duration != nil), ("--stage", !stage.isEmpty)])
        guard thinkTime == nil || inFlight != nil else { throw ValidationError("--think-time goes with --in-flight") }
        plan.durationNanoseconds = try nanoseconds("--duration", duration ?? "10s", atLeast: 1_000_000)
        plan.thinkTime = try thinkTime.map { text in
            try parsed("--think-time") { () throws(ThinkTimeError) in try ThinkTime(parsing: text) }
        }
        if let inFlight {
            try require("--in-flight", inFlight, in: 1...1_000_000)
            plan.arrival = .closed(inFlight: inFlight)
        } else if !stage.isEmpty {
            try applyStages(to: &plan)
        } else {
            let perSecond = try ratePerSecond("--rate", rate ?? 100)
            plan.arrival = arrival == .poisson ? .poisson(ratePerSecond: perSecond) : .open(ratePerSecond: perSecond)
        }
    }

    private func applyStages(to plan: inout LoadPlan) throws {
        let stages = try stage.map { text in
            try parsed("--stage") { () throws(RateStageError) in try RateStage(parsing: text) }
        }
        try require("--stage", stages.count, in: 1...1_000)
        // Each is of a day at the most, so the sum of a thousand is far from the width's end.
        let duration = stages.reduce(UInt64(0)) { $0 + $1.durationNanoseconds }
        guard RateStage.allowedNanoseconds.contains(duration) else {
            let found = HumanFormat.nanoseconds(duration)
            throw ValidationError("--stage: expected 24 hours at most in all, found \(found)")
        }
        guard stages.contains(where: { $0.startPerSecond > 0 || $0.endPerSecond > 0 }) else {
            throw ValidationError("--stage: expected a rate above 0 in one of them")
        }
        plan.arrival = .stages(stages, arrival ?? .constant)
        plan.durationNanoseconds = duration
    }

    private func requireOne(of flags: [(name: String, isGiven: Bool)]) throws {
        let given = flags.filter { $0.isGiven }.map { $0.name }
        guard given.count <= 1 else {
            throw ValidationError("\(given.joined(separator: " and ")): expected one of them, found more")
        }
    }
}

extension ArrivalProcess: ExpressibleByArgument {}
