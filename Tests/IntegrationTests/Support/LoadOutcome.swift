import FoundationEssentials
import Recording
import Testing
import Transport

/// What one `broadside load --output` left behind: exit code, result, and the JSON that it came from.
struct LoadOutcome {
    let exitCode: Int32
    let json: [UInt8]
    let result: RunResult
    let standardOutput: String
    let standardError: String

    /// Runs to the end. `meanwhile` is called when the generator's clients are connecting or later.
    ///
    /// - Parameter launcher: a program with arguments, such as `taskset`, that starts the command behind them.
    init(
        _ arguments: [String], program: String = BroadsideProgram.path, launcher: [String] = [],
        meanwhile: (ChildProcess) throws -> Void = { _ in }
    ) throws {
        let folder = try ScratchFolder()
        let output = folder.file("result.json")
        let words = launcher + [program, "load", "--output", output] + arguments
        let process = try ChildProcess(words[0], Array(words[1...]))
        defer { process.kill() }
        try meanwhile(process)
        exitCode = process.wait()
        standardOutput = process.outputText
        standardError = process.errorText
        json = Array(try Data(contentsOf: URL(filePath: output)))
        result = try RunResult.decode(json)
    }

    /// The exit code that the figures call for. A machine that is busy with other tests may well saturate the
    /// generator, which is no fault of the program as long as it says so.
    var exitCodeOfFigures: Int32 {
        if result.interrupted { return 1 }
        let isInvalid =
            result.generator.verdict == .saturated || result.deliveries.lost > 0
            || result.clients.connected < result.clients.requested
        if isInvalid { return 5 }
        return result.thresholds.allSatisfy(\.passed) ? 0 : 2
    }
}
