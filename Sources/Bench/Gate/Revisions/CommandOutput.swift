import Glibc
import Recording
import Transport

/// What a short command printed: run without a shell, waited for, its standard output as text.
///
/// Its standard input is empty. What it prints is held in memory; it ends with the calling thread at the latest.
enum CommandOutput {
    private static let pollMicroseconds: UInt32 = 2_000

    /// - Parameters:
    ///   - words: the program, searched for as a shell does, and its arguments.
    ///   - directory: where it works; nil for ours.
    ///   - environment: all of it; nil for ours.
    ///   - whileWaiting: throws where the wait is to end, and the command with it.
    /// - Throws: `CommandFailure` where it ends with something else than 0; what `whileWaiting` throws.
    static func run(
        _ words: [String], directory: String? = nil, environment: [String: String]? = nil,
        whileWaiting: () throws -> Void = {}
    ) throws -> String {
        let output = try UnnamedFile()
        let errors = try UnnamedFile()
        let program = try start(words, output, errors, directory, environment)
        // An end of the wait ends it.
        defer { program.stop() }
        while program.isRunning {
            try whileWaiting()
            usleep(pollMicroseconds)
        }
        guard program.exitCode == 0 else {
            let reason = errors.text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) }
            throw CommandFailure(words: words, exitCode: program.exitCode, reason: reason.map(String.init) ?? "")
        }
        return output.text
    }

    private static func start(
        _ words: [String], _ output: UnnamedFile, _ errors: UnnamedFile, _ directory: String?,
        _ environment: [String: String]?
    ) throws(CommandFailure) -> ChildProgram {
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { close(nothing) }
        do throws(ServerProcessError) {
            return try ChildProgram(
                path: words.first ?? "", words: words, output: output.descriptor, errors: errors.descriptor,
                input: nothing, directory: directory, environment: environment)
        } catch {
            switch error {
            case .notStarted(let reason): throw CommandFailure(words: words, exitCode: nil, reason: reason)
            }
        }
    }
}
