import ArgumentParser
import Bench
import LoadGen
import Recording
import Transport

/// `broadside compare`.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Measure servers against each other in interleaved slices.")

    @Option(
        help:
            "NAME='COMMAND' or NAME@/path='COMMAND', {port} in it is replaced; repeatable, the first is compared with.")
    var arm: [String] = []

    @Option(help: "Where the arms relay.")
    var path = "/relay"

    @Option(help: "CLIENTS:BYTES:INFLIGHT, such as 100:64:16 or 100:16k:4; repeatable. (default: 100:64:1)")
    var load: [String] = []

    @Option(help: "broadcast or echo: every client receives every message, or its own.")
    var mode = LoadMode.broadcast

    @Option(help: "Fresh sets of processes.")
    var sets = 8

    @Option(help: "Slices of each arm in a set, under each load.")
    var slices = 24

    @Option(help: "How long a slice is.")
    var slice = "30ms"

    @Option(help: "auto, uring or epoll: the generator's.")
    var io = IOChoice.auto

    @Option(help: "content or stamp, as for load: whether the clients compare every byte.")
    var payload = PayloadCheck.content

    @OptionGroup var cores: CoreOptions

    @Option(help: "How long an arm may take to accept.")
    var readyTimeout = "30s"

    @Option(help: "For the order of the slices.")
    var seed: UInt64 = 1

    @Option(help: "File for the result as JSON, raw slices included.")
    var output: String?

    @Option(help: "File for the tables as Markdown.")
    var markdown: String?

    @Option(help: "on or off. (default: on where standard error is a terminal)")
    var progress: Switch?

    func run() throws {
        let plan = try slicePlan()
        if let output { try failing { try OutputFile.check(output) } }
        if let markdown { try failing { try OutputFile.check(markdown) } }
        let interruption = Interruption()
        let watch = try SignalWatch { interruption.request() }
        let engine = SliceEngine(
            plan, showsProgress: progress.map { $0 == .on } ?? Console.errorIsTerminal, interruption: interruption)
        let result = try failing { try ComparisonResult(engine.run()) }
        withExtendedLifetime(watch) {}
        let report = ComparisonReport(result)
        Console.print(report.text())
        if let output { try failing { try OutputFile.write(result.encoded() + [UInt8(ascii: "\n")], to: output) } }
        if let markdown { try failing { try OutputFile.write(Array(report.markdown().utf8), to: markdown) } }
        let files = [output, markdown].compactMap { $0 }
        if !files.isEmpty { Console.print("written to \(files.joined(separator: " and "))\n") }
        if result.toolExit != .pass { throw CommandEnd(result.toolExit, result.comparison.failure) }
    }

    private func slicePlan() throws -> SlicePlan {
        let arms = try parsed { () throws(ArmArgumentError) in try ArmArgument.arms(parsing: arm) }
        let loads = try (load.isEmpty ? ["100:64:1"] : load).map { text in
            try parsed("--load") { () throws(LoadArgumentError) in try LoadArgument(parsing: text) }.load
        }
        guard path.hasPrefix("/") else {
            throw ValidationError("--path: expected one that begins with /, found '\(path)'")
        }
        let sliceNanoseconds = try nanoseconds("--slice", slice, atLeast: 1_000_000)
        var plan = SlicePlan(
            arms: arms.map { arm in
                SlicePlan.Arm(
                    name: arm.name, path: arm.path ?? path, command: arm.commandText, words: arm.command.words(port:))
            },
            series: loads.map { load in
                SliceSeries(load, blocks: slices, warmupBlocks: 4, sliceNanoseconds: sliceNanoseconds)
            })
        try require("--sets", sets, in: 1...1000)
        try require("--slices", slices, in: 1...10_000)
        plan.sets = sets
        plan.readyTimeoutNanoseconds = try nanoseconds("--ready-timeout", readyTimeout, atLeast: 1_000_000)
        plan.io = try generatorIO(io, payload)
        plan.payloadCheck = payload
        guard mode == .broadcast || mode == .echo else {
            throw ValidationError("--mode: expected broadcast or echo, found \(mode.rawValue)")
        }
        plan.mode = mode
        plan.seed = seed
        try cores.apply(to: &plan)
        return plan
    }
}
