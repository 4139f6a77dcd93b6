import Glibc
import Recording
import Transport

/// One run of a build command in the top folder of a tree, all of its output in a log.
///
/// Ends with the calling thread at the latest. Costs a look at the process each 20 ms, and nothing where a server is
/// measured.
struct TreeBuild {
    private static let pollMicroseconds: UInt32 = 20_000
    /// For a build tool to end its own children in order.
    private static let interruptNanoseconds: Int64 = 3_000_000_000

    /// The tree as people call it: `v1.2 (0123456789ab)`.
    let name: String
    let folder: String
    let log: String
    let command: BuildCommand

    /// - Parameter whileWaiting: throws where the build is to end early; nothing of it is left running then.
    /// - Throws: `RevisionFailure` where it fails; what `whileWaiting` throws.
    func run(whileWaiting: () throws -> Void) throws {
        let program = try start()
        do {
            while program.isRunning {
                try whileWaiting()
                usleep(Self.pollMicroseconds)
            }
        } catch {
            Self.end(program)
            throw error
        }
        guard let exitCode = program.exitCode, exitCode != 0 else { return }
        throw RevisionFailure.buildFailed(
            tree: name, command: command.text, exitCode: exitCode, log: log, lastLine: LogTail.lastLine(of: log))
    }

    private func start() throws -> ChildProgram {
        let output = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o644)
        guard output >= 0 else { throw SystemError("cannot write \(log)") }
        defer { close(output) }
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { close(nothing) }
        do throws(ServerProcessError) {
            return try ChildProgram(
                path: command.words[0], words: command.words, output: output, errors: output, input: nothing,
                directory: folder, environment: ChildEnvironment.ofNoRepository())
        } catch {
            switch error {
            case .notStarted(let reason): throw RevisionFailure.buildNotStarted(tree: name, reason: reason)
            }
        }
    }

    /// As Ctrl-C does, and by force where that does not help.
    private static func end(_ program: ChildProgram) {
        let family = ProcessFamily(of: program.pid)
        family.note()
        program.interrupt()
        let began = MonotonicInstant.now()
        while MonotonicInstant.now() - began < interruptNanoseconds {
            family.note()
            guard program.isRunning else { break }
            usleep(pollMicroseconds)
        }
        program.kill()
        program.stop()
        family.kill()
    }
}
