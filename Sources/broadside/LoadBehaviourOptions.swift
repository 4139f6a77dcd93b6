import ArgumentParser
import LoadGen
import Recording

/// Clients that do not just connect, stay and read.
struct LoadBehaviourOptions: ParsableArguments {
    @Option(help: "The last so many clients do not read once they are connected; nothing is expected of them.")
    var slowReaders = 0

    @Option(help: "Bytes a second that each slow reader reads after all. (default: none)")
    var slowReadRate: Int?

    @Option(help: "Clients a second that close and connect again at once.")
    var churn: Double?

    @Option(help: "Clients a second that are gone without a close frame (RST), and come back after the backoff.")
    var vanish: Double?

    @Option(help: "'AT:SHARE', such as '5s:50%': that share of the clients vanishes at that time; repeatable.")
    var storm: [String] = []

    /// To be called when all else of the plan is there.
    func apply(to plan: inout LoadPlan) throws {
        let publishers = plan.publishingClients
        guard slowReaders >= 0, slowReaders <= plan.clients - publishers else {
            throw ValidationError(
                "--slow-readers: expected 0 to \(plan.clients - publishers), as publishers read, found \(slowReaders)")
        }
        plan.behaviour.slowReaders = slowReaders
        if let slowReadRate {
            try require("--slow-read-rate", slowReadRate, in: 1...(1 << 30))
            guard slowReaders > 0 else {
                throw ValidationError("--slow-read-rate: expected --slow-readers beside it, found none")
            }
            guard plan.payloadCheck != .stamp else {
                throw ValidationError("--slow-read-rate: expected --payload content, found stamp")
            }
            plan.behaviour.slowReadBytesPerSecond = slowReadRate
        }
        plan.behaviour.churnPerSecond = try churn.map { try ratePerSecond("--churn", $0) }
        plan.behaviour.vanishPerSecond = try vanish.map { try ratePerSecond("--vanish", $0) }
        plan.behaviour.storms = try storm.map { text in
            try parsed("--storm") { () throws(StormWaveError) in try StormWave(parsing: text) }
        }
        for wave in plan.behaviour.storms where wave.atNanoseconds >= plan.durationNanoseconds {
            throw ValidationError(
                "--storm: expected a time before the end of --duration "
                    + "(\(HumanFormat.nanoseconds(plan.durationNanoseconds))), found '\(wave.text)'")
        }
        try checkClients(of: plan)
    }

    private func checkClients(of plan: LoadPlan) throws {
        guard plan.mode != .reflect || plan.behaviour == BehaviourPlan() else {
            throw ValidationError(
                "--mode reflect: expected no --slow-readers, --churn, --vanish or --storm, as its clients do what the "
                    + "server does")
        }
        guard plan.movableClients.isEmpty, plan.behaviour.hasDepartures else { return }
        throw ValidationError(
            "--churn, --vanish and --storm: expected clients that neither publish nor read slowly, found none: "
                + "raise --clients")
    }
}
