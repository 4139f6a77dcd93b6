import ArgumentParser
import Bench
import Recording
import Transport

/// `broadside bench`.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure every documented target against servers of our own.")

    @Option(help: "documented, smoke (seconds, figures not for quoting) or full (three times as long).")
    var suite = SuiteScale.documented

    @Option(help: "auto, uring or epoll.")
    var io = IOChoice.auto

    @Option(help: "Folder for the result. (default: results/DATE-COMMIT)")
    var output: String?

    func run() throws {
        let folder = output ?? "results/\(WallClock.iso8601().prefix(10))-\(BuildInfo.commit ?? "unknown")"
        guard !folder.isEmpty else { throw ValidationError("--output: expected a folder, found nothing") }
        try failing {
            try OutputFile.makeFolder(folder)
            try OutputFile.check(folder + "/bench.json")
        }
        let interruption = Interruption()
        let watch = try SignalWatch { interruption.request() }
        let result = DocumentedSuite(
            scale: suite, io: io, showsProgress: Console.errorIsTerminal, interruption: interruption
        ).run()
        withExtendedLifetime(watch) {}
        let table = SuiteTable(result)
        Console.print(table.text())
        try failing {
            try OutputFile.write(try result.encoded() + [UInt8(ascii: "\n")], to: folder + "/bench.json")
            try OutputFile.write(Array(table.markdown().utf8), to: folder + "/README.md")
            for (name, run) in result.runs {
                try OutputFile.write(try run.encoded(), to: folder + "/" + SuiteResult.fileName(name))
            }
        }
        Console.print("written to \(folder)/\n")
        if result.toolExit != .pass { throw CommandEnd(result.toolExit) }
    }
}

extension SuiteScale: ExpressibleByArgument {}
