import LoadGen
import Recording
import Transport
import WebSocketWire

/// What the measurements of a suite have in common: how to start a server, how to run a load, whom to tell.
final class SuiteContext {
    /// A generator that did not get its core says nothing about the server; so often such a run may be repeated. A
    /// run that lost something, or was merely slow, never is.
    private static let attempts = 3
    /// The same for a step of a search, most of which end because the generator is at its limit.
    private static let searchAttempts = 2

    let scale: SuiteScale
    let io: IOChoice
    private let line: ProgressLine
    private let serverCore: Int?
    /// All load results, by name, for the result folder.
    private(set) var runs: [(name: String, result: RunResult)] = []
    private let interruption: Interruption

    /// - Parameter serverCore: the core that servers are pinned to; nil where there is only one.
    init(
        scale: SuiteScale, io: IOChoice, line: ProgressLine, serverCore: Int?, interruption: Interruption
    ) {
        self.interruption = interruption
        self.scale = scale
        self.io = io
        self.line = line
        self.serverCore = serverCore
    }

    func startServer() throws -> ServerProcess {
        try ServerProcess(arguments: ["--threads", "1", "--io", io.rawValue], cores: serverCore.map { [$0] } ?? [])
    }

    func plan(_ server: ServerProcess, path: String) throws -> LoadPlan {
        var plan = LoadPlan(url: try WebSocketURL(server.url + path))
        plan.io = io
        plan.serverPid = server.pid
        plan.warmupNanoseconds = scale.seconds(0.5)
        return plan
    }

    /// Says what is measured now; throws where the suite is to end instead.
    func announce(_ text: String) throws(SuiteInterruption) {
        line.show(text)
        try interruption.check()
    }

    /// Runs a load; one whose generator was hindered is repeated.
    ///
    /// - Parameter record: whether the result is part of the suite's; steps of a search are not.
    func run(_ name: String, _ plan: LoadPlan, record: Bool = true) throws -> (result: RunResult, attempts: Int) {
        var attempt = 0
        while true {
            attempt += 1
            let result = try runOnce(name, plan)
            let isHindered = result.deliveries.lost == 0 && result.generator.verdict == .saturated
            if isHindered, attempt < (record ? Self.attempts : Self.searchAttempts) { continue }
            if record { runs.append((name, result)) }
            return (result, attempt)
        }
    }

    private func runOnce(_ name: String, _ plan: LoadPlan) throws -> RunResult {
        let line = line
        let run = try LoadRun(plan, commit: BuildInfo.commit) { line.show("\(name): \(ProgressLine.text($0))") }
        line.show("\(name): connecting")
        try interruption.begin(run.interruptHandle)
        let result = try run.run()
        try interruption.end()
        return result
    }

    /// The note that a repeated run carries.
    static func note(attempts: Int) -> String {
        attempts > 1 ? "repeated, since the generator was hindered before" : ""
    }
}
