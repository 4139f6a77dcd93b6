import Glibc
import Recording
import Transport

/// A server that somebody's command starts, as an arm of a comparison: ready when its port accepts.
///
/// One thread at a time; ends with this process at the latest.
package final class ArmProcess {
    package let name: String
    package let port: UInt16
    private let program: ChildProgram
    /// What it says on standard error: of hundreds of clients that come and go nobody wants to read.
    private let log: UnnamedFile
    private var hasToldLastWords = false

    /// Starts the command on a free port and waits until that accepts.
    ///
    /// - Parameters:
    ///   - command: makes the words of the command for a port.
    ///   - cores: those that it and its children may run on; any where empty.
    ///   - directory: where it works and where a relative path of a program is looked for; nil for ours.
    ///   - whileWaiting: throws where the wait is to end.
    init(
        name: String, cores: [Int], directory: String? = nil, readyTimeoutNanoseconds: UInt64,
        command: (UInt16) -> [String], whileWaiting: () throws -> Void
    ) throws {
        self.name = name
        let address = try SocketAddress.resolve(host: "127.0.0.1", port: StreamSocket.freePort())
        port = address.port
        let words = command(port)
        guard let path = words.first else { throw ServerProcessError.notStarted("arm '\(name)': its command is empty") }
        let silence = open("/dev/null", O_WRONLY | O_CLOEXEC)
        defer { close(silence) }
        log = try UnnamedFile()
        program = try ChildProgram(
            path: path, words: words, output: silence, errors: log.descriptor, cores: cores, directory: directory)
        let began = MonotonicInstant.now()
        while !StreamSocket.accepts(address) {
            guard program.isRunning else {
                throw ServerProcessError.notStarted(
                    "arm '\(name)' ended with \(Self.exit(program.stop())) before port \(port) accepted: "
                        + words.joined(separator: " ") + Self.quoted(LogTail.lastLine(of: log.path)))
            }
            guard MonotonicInstant.now() - began < Int64(readyTimeoutNanoseconds) else {
                throw ServerProcessError.notStarted(
                    "arm '\(name)' did not accept on port \(port) within "
                        + "\(HumanFormat.nanoseconds(readyTimeoutNanoseconds)): \(words.joined(separator: " "))")
            }
            try whileWaiting()
            usleep(5_000)
        }
    }

    package var figures: ProcessFigures { ProcessFigures(pid: program.pid) }

    /// Its exit code, or 128 and the signal's number, where it has ended.
    package var exitCode: Int32? {
        guard !program.isRunning else { return nil }
        tellLastWords()
        return program.exitCode
    }

    /// It has ended by itself: why, it may have said.
    private func tellLastWords() {
        guard !hasToldLastWords else { return }
        hasToldLastWords = true
        let line = LogTail.lastLine(of: log.path)
        guard !line.isEmpty else { return }
        let text = Array("\(name) said last: \(line)\n".utf8)
        _ = write(STDERR_FILENO, text, text.count)
    }

    package func stop() { program.stop() }

    /// Ends it at once.
    package func kill() {
        program.kill()
        program.stop()
    }

    private static func quoted(_ line: String) -> String { line.isEmpty ? "" : "; it said last: \(line)" }

    private static func exit(_ code: Int32) -> String {
        code == 127 ? "127 (is there such a program? it is run without a shell)" : "\(code)"
    }
}
