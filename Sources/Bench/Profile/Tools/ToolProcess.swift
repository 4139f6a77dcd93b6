import Glibc
import Recording

/// A program of the system at work for a while: `perf`, `strace`. Its output goes to files of a folder.
///
/// Ends with the thread that started it at the latest. Not for servers (`ServerProcess`), which are waited for.
final class ToolProcess {
    private static let pollMicroseconds: UInt32 = 2_000

    private let program: ChildProgram
    private let name: String
    private let folder: TemporaryFolder
    private let errorFile: String

    /// - Parameters:
    ///   - words: the program and its arguments.
    ///   - output: the file in `folder` for its standard output; standard error goes to one named `NAME.err`.
    init(_ words: [String], output: String, folder: TemporaryFolder) throws(ToolFailure) {
        name = words[0]
        self.folder = folder
        errorFile = output + ".err"
        guard Self.isInstalled(name) else { throw ToolFailure(description: "\(name) is not installed") }
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        let standard = open(folder.file(output), flags, 0o600)
        let errors = open(folder.file(errorFile), flags, 0o600)
        defer {
            close(standard)
            close(errors)
        }
        do throws(ServerProcessError) {
            program = try ChildProgram(path: words[0], words: words, output: standard, errors: errors)
        } catch {
            throw ToolFailure(description: "cannot start \(words[0])")
        }
    }

    deinit { if isRunning { program.kill() } }

    /// Whether a program of that name is on the path.
    static func isInstalled(_ name: String) -> Bool {
        guard let path = getenv("PATH") else { return false }
        return String(cString: path).split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    var isRunning: Bool { program.isRunning }

    /// What it has written to standard error so far.
    var errorText: String { folder.text(errorFile) }

    /// Asks it to end in an orderly way, as Ctrl-C does.
    func interrupt() { program.interrupt() }

    /// Waits until `condition` holds; false where the process ends or the time is up before.
    func wait(nanoseconds: Int64, until condition: () -> Bool) -> Bool {
        let began = MonotonicInstant.now()
        while !condition() {
            guard isRunning, MonotonicInstant.now() - began < nanoseconds else { return condition() }
            usleep(Self.pollMicroseconds)
        }
        return true
    }

    /// Waits for its end; one that takes longer is killed. Throws where it ended with something else than 0 and other
    /// than by the interrupt that was asked for.
    func finish(withinNanoseconds nanoseconds: Int64) throws(ToolFailure) {
        let hasEnded = wait(nanoseconds: nanoseconds) { !isRunning }
        guard hasEnded else {
            program.kill()
            throw ToolFailure(description: "\(name) did not end in time")
        }
        guard let exitCode = program.exitCode, exitCode != 0, exitCode != 128 + SIGINT else { return }
        let reason = errorText.split(separator: "\n").first { !$0.allSatisfy(\.isWhitespace) } ?? "no reason given"
        throw ToolFailure(description: "\(name) ended with \(exitCode): \(reason)")
    }
}
