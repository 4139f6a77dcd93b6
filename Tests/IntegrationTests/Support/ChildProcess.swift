import CSystem
import Glibc
import Transport

/// A program that runs beside a test, with its output at hand; killed at the latest when the test lets go of it.
///
/// The kernel ends it with the thread that started it (`system_spawn`): start it and use it on one thread.
final class ChildProcess {
    let pid: Int32
    private let output: ScratchFile
    private let errors: ScratchFile
    private(set) var exitCode: Int32?

    /// - Parameter program: a path, or a name to look for on the path.
    init(_ program: String, _ arguments: [String]) throws(SystemError) {
        output = try ScratchFile()
        errors = try ScratchFile()
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        pid = system_spawn(program, &words, nil, nil, -1, output.descriptor, errors.descriptor, nil, 0)
        guard pid > 0 else { throw SystemError("cannot start \(program)") }
    }

    deinit { kill() }

    var outputText: String { output.text }
    var outputBytes: [UInt8] { output.bytes }
    var errorText: String { errors.text }
    var errorLines: [Substring] {
        errorText.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    var isRunning: Bool {
        guard exitCode == nil else { return false }
        var status: Int32 = 0
        if waitpid(pid, &status, WNOHANG) == pid { exitCode = system_exit_code(status) }
        return exitCode == nil
    }

    func signal(_ number: Int32) {
        if isRunning { _ = Glibc.kill(pid, number) }
    }

    /// Waits for its end. A child that outlasts the limit is killed, which shows as 137.
    @discardableResult
    func wait(seconds: Double = 25) -> Int32 {
        if !Deadline.reaches(within: seconds, { !isRunning }) { kill() }
        return exitCode ?? -1
    }

    func kill() {
        guard isRunning else { return }
        _ = Glibc.kill(pid, SIGKILL)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        exitCode = system_exit_code(status)
    }

    /// The first line of its standard output, without the line feed; nil where none comes in time.
    func firstLine(within seconds: Double = 20) -> String? {
        var line: Substring?
        _ = Deadline.reaches(within: seconds) {
            let hasEnded = !isRunning
            let text = outputText
            if let end = text.firstIndex(of: "\n") { line = text[..<end] }
            return line != nil || hasEnded
        }
        return line.map(String.init)
    }

    /// Runs a program to its end.
    static func run(_ program: String, _ arguments: [String], seconds: Double = 25) throws(SystemError)
        -> ChildProcess
    {
        let child = try ChildProcess(program, arguments)
        child.wait(seconds: seconds)
        return child
    }
}
