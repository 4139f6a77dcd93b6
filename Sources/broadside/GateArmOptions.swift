import ArgumentParser
import Bench
import Recording

/// What a gate compares: commands, a revision and the working tree, or a stored baseline and a command.
struct GateArmOptions: ParsableArguments {
    private static let ownBuild = "swift build -c release --product broadside"
    private static let ownServer =
        ".build/release/broadside serve --relay --port {port} --threads 1 --log-level critical"

    @Option(help: "COMMAND that starts the baseline; {port} in it is replaced.")
    var baseline: String?

    @Option(help: "COMMAND that starts the candidate; {port} in it is replaced.")
    var candidate: String?

    @Option(help: "A revision of git as the baseline, built in a tree of its own; the candidate is the working tree.")
    var baselineRef: String?

    @Option(help: "With --baseline-ref: the checkout.")
    var repository = "."

    @Option(help: "With --baseline-ref: COMMAND that builds in each tree. (default: this project's own)")
    var build: String?

    @Option(help: "With --baseline-ref: COMMAND that starts the server in each tree. (default: this project's own)")
    var serve: String?

    @Option(help: "A stored baseline to compare with, or to --record to.")
    var baselineFile: String?

    @Flag(help: "Measure --baseline and add its runs to --baseline-file.")
    var record = false

    /// - Throws: `ValidationError` where what was given does not go together.
    func source(path: String) throws -> GateSource {
        guard path.hasPrefix("/") else {
            throw ValidationError("--path: expected one that begins with /, found '\(path)'")
        }
        if baselineRef == nil {
            for (flag, value) in [("--build", build), ("--serve", serve)] where value != nil {
                throw ValidationError("\(flag) goes with --baseline-ref")
            }
        }
        switch (baseline, candidate, baselineRef, baselineFile) {
        case (let baseline?, nil, nil, let file?) where record:
            if OutputFile.exists(file) { _ = try failing { try StoredBaseline.read(file) } }
            return .recording(try arm("baseline", "--baseline", baseline, path))
        case (let baseline?, let candidate?, nil, nil) where !record:
            return .commands(
                baseline: try arm("baseline", "--baseline", baseline, path),
                candidate: try arm("candidate", "--candidate", candidate, path))
        case (nil, nil, let revision?, nil) where !record:
            let command = try parsed("--build") { () throws(CommandWordsError) in
                try BuildCommand(parsing: build ?? Self.ownBuild)
            }
            return .revision(
                revision, repository: repository, build: command,
                serve: try arm("candidate", "--serve", serve ?? Self.ownServer, path))
        case (nil, let candidate?, nil, let file?) where !record:
            let arm = try arm("candidate", "--candidate", candidate, path)
            return .stored(try stored(file), candidate: arm)
        default:
            throw ValidationError(
                "expected --baseline and --candidate, or --baseline-ref, or --baseline-file and --candidate, "
                    + "or --record with --baseline and --baseline-file")
        }
    }

    /// Adds runs to the file; returns how many it has then.
    func append(_ runs: [BaselineRun], command: String) throws -> Int {
        guard let baselineFile else { return 0 }
        var stored = StoredBaseline(command: command, runs: [])
        if OutputFile.exists(baselineFile) { stored = try StoredBaseline.read(baselineFile) }
        guard stored.command == command else {
            throw CommandEnd(
                .failed, "\(baselineFile) has runs of another command: expected '\(stored.command)', found '\(command)'"
            )
        }
        stored.runs += runs
        try OutputFile.write(stored.encoded(), to: baselineFile)
        return stored.runs.count
    }

    /// Without one there is nothing to compare with.
    private func stored(_ file: String) throws -> StoredBaseline {
        do throws(BaselineFailure) {
            return try StoredBaseline.read(file)
        } catch {
            throw CommandEnd(.incomparable, error.description)
        }
    }

    private func arm(_ name: String, _ flag: String, _ command: String, _ path: String) throws -> SlicePlan.Arm {
        let words = try parsed(flag) { () throws(CommandWordsError) in
            try CommandWords(parsing: command, needsPort: true)
        }
        return SlicePlan.Arm(name: name, path: path, command: command, words: words.words(port:))
    }
}
