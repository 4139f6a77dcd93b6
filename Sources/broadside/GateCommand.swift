import ArgumentParser
import Bench
import LoadGen
import Recording
import Transport

/// `broadside gate`.
struct GateCommand: ParsableCommand {
    enum TimingRole: String, ExpressibleByArgument, CaseIterable {
        case decide, show
    }

    enum InconclusivePolicy: String, ExpressibleByArgument, CaseIterable {
        case fail, pass
    }

    static let configuration = CommandConfiguration(
        commandName: "gate", abstract: "Decide whether a candidate is worse than its baseline.",
        discussion:
            "Ends with 0 (pass or improvement), 2 (regression), 3 (inconclusive), 4 (not comparable) or 5 (invalid).")

    @OptionGroup(title: "What is compared") var arms: GateArmOptions

    @Option(help: "Where both relay.")
    var path = "/relay"

    @Option(help: "How long to measure at most: a number with s or m.")
    var budget = "90s"

    @Option(help: "The smallest change that counts, in percent.")
    var minEffect = "3%"

    @Option(help: "A metric that is otherwise only shown, and is to decide where this run can tell; repeatable.")
    var decide: [String] = []

    @Option(help: "decide or show: whether timing decides, or what is counted alone.")
    var timing = TimingRole.decide

    @Option(help: "fail or pass: what it is where nothing can be said.")
    var inconclusive = InconclusivePolicy.fail

    @Option(help: "File for the verdict as JSON.")
    var output = "verdict.json"

    @Option(help: "File for the verdict as Markdown.")
    var markdown: String?

    @Option(help: "File for the verdict as JUnit XML.")
    var junit: String?

    @Option(help: "A history of gated commits to add this one to (JSON lines).")
    var history: String?

    @OptionGroup var cores: CoreOptions

    @Option(help: "How long a server may take to accept.")
    var readyTimeout = "30s"

    @Option(help: "For the order of the slices. (default: another one each time)")
    var seed: UInt64?

    @Option(help: "on or off. (default: on where standard error is a terminal)")
    var progress: Switch?

    @OptionGroup(title: "Self-test") var selfTest: SelfTestOptions

    func run() throws {
        if selfTest.selfTest { return try selfTest.run(showsProgress: showsProgress, markdown: markdown) }
        let source = try arms.source(path: path)
        let options = try plan(GatePlan(baseline: .unknown, candidate: .unknown))
        if !arms.record {
            // None until there is a verdict: one of an earlier gate is not this one's, and an empty one is none.
            for file in [output, markdown, junit].compactMap({ $0 }) { try failing { try OutputFile.clear(file) } }
            if let history { _ = try failing { try HistoryFile.read(history) } }
        }
        let interruption = Interruption()
        let watch = try SignalWatch { interruption.request() }
        defer { withExtendedLifetime(watch) {} }
        try failing {
            try source.use(interruption) { baseline, candidate in
                var plan = options
                plan.slices.arms = [baseline.arm, candidate.arm]
                if arms.record { return try record(plan, interruption) }
                try gate(plan, baseline, candidate, interruption)
            }
        }
    }

    private func gate(
        _ plan: GatePlan, _ baseline: GateArm, _ candidate: GateArm, _ interruption: Interruption
    ) throws {
        var result =
            if let stored = baseline.stored {
                try StoredGate(plan, baseline: stored, showsProgress: showsProgress, interruption: interruption).run()
            } else {
                try GateRun(plan, showsProgress: showsProgress, interruption: interruption).run()
            }
        result.baseline.revision = baseline.revision
        result.candidate.revision = candidate.revision
        try write(result)
        if let history { try record(result, in: history) }
        let exit = result.toolExit(inconclusivePasses: inconclusive == .pass)
        if exit != .pass { throw CommandEnd(exit) }
    }

    private func record(_ result: GateResult, in history: String) throws {
        guard let line = HistoryLine(result) else {
            return Console.print("nothing for \(history): this says nothing of a commit\n")
        }
        try HistoryFile.record(line, in: history)
        Console.print("added to \(history)\n")
    }

    private func record(_ plan: GatePlan, _ interruption: Interruption) throws {
        let recorder = BaselineRecorder(plan, showsProgress: showsProgress, interruption: interruption)
        let count = try arms.append(recorder.record(), command: plan.slices.arms[0].command)
        for sentence in recorder.leftOut { Console.print("note: \(sentence)\n") }
        Console.print("\(count) runs in \(arms.baselineFile ?? "")\n")
    }

    private var showsProgress: Bool { progress.map { $0 == .on } ?? Console.errorIsTerminal }

    private func write(_ result: GateResult) throws {
        let report = GateReport(result)
        Console.print(report.text())
        try failing {
            try OutputFile.write(result.encoded() + [UInt8(ascii: "\n")], to: output)
            if let markdown { try OutputFile.write(Array(report.markdown().utf8), to: markdown) }
            if let junit {
                let xml = JUnitReport(result, inconclusivePasses: inconclusive == .pass).xml()
                try OutputFile.write(Array(xml.utf8), to: junit)
            }
        }
        Console.print("written to \([output, markdown, junit].compactMap { $0 }.joined(separator: ", "))\n")
    }

    private func plan(_ plan: GatePlan) throws -> GatePlan {
        var plan = plan
        plan.budgetNanoseconds = try nanoseconds("--budget", budget, atLeast: 5_000_000_000)
        plan.minimumEffect = try share("--min-effect", minEffect)
        plan.asked = try askedMetrics()
        plan.timingDecides = timing == .decide
        plan.seed = seed ?? .random(in: 1 ... .max)
        plan.slices.seed = plan.seed
        plan.slices.readyTimeoutNanoseconds = try nanoseconds("--ready-timeout", readyTimeout, atLeast: 1_000_000)
        try cores.apply(to: &plan.slices)
        return plan
    }

    private func askedMetrics() throws -> Set<String> {
        let known = GatePlan.shownNames
        for name in decide where !known.contains(name) {
            throw ValidationError("--decide: expected one of \(known.joined(separator: ", ")), found '\(name)'")
        }
        return Set(decide)
    }

    /// `3%` or `3`, as a share.
    private func share(_ flag: String, _ text: String) throws -> Double {
        let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
        guard let percent = Double(digits), percent >= 0.1, percent <= 100 else {
            throw ValidationError("\(flag): expected 0.1% to 100%, found \(text)")
        }
        return percent / 100
    }
}
