import CSystem
import Glibc
import Recording

/// A program that we started, with its children, until its exit.
///
/// It has a process group of its own, which is ended as a whole. Ends with this process at the latest: the kernel sends
/// it SIGTERM when the thread that started it is gone. One thread at a time.
final class ChildProgram {
    private static let stopTimeoutNanoseconds: Int64 = 10_000_000_000

    let pid: Int32
    /// Once it has ended: its exit code, or 128 and the signal's number.
    private(set) var exitCode: Int32?

    /// - Parameters:
    ///   - path: searched for as a shell does.
    ///   - words: its arguments, the first one being its own name.
    ///   - output: the descriptor of its standard output; nil for ours.
    ///   - errors: that of its standard error; nil for ours.
    ///   - input: that of its standard input; nil for ours, which it cannot read where that is a terminal.
    ///   - cores: those that it may run on; any where empty.
    ///   - directory: where it works and where a relative path is looked for; nil for ours.
    ///   - environment: all of it; nil for ours.
    init(
        path: String, words: [String], output: Int32?, errors: Int32? = nil, input: Int32? = nil, cores: [Int] = [],
        directory: String? = nil, environment: [String: String]? = nil
    ) throws(ServerProcessError) {
        if let directory, access(directory, X_OK) != 0 {
            throw .notStarted("cannot work in \(directory): \(String(cString: strerror(errno)))")
        }
        var arguments = words.map { strdup($0) } + [nil]
        defer { for pointer in arguments { free(pointer) } }
        var variables = (environment ?? [:]).map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in variables { free(pointer) } }
        let cores = cores.map(Int32.init)
        pid = variables.withUnsafeMutableBufferPointer { variables in
            system_spawn(
                path, &arguments, environment == nil ? nil : variables.baseAddress, directory, input ?? -1,
                output ?? -1, errors ?? -1, cores, Int32(cores.count))
        }
        guard pid > 0 else { throw .notStarted(String(cString: strerror(errno))) }
    }

    deinit { stop() }

    /// Whether it is still there.
    var isRunning: Bool {
        guard exitCode == nil else { return false }
        var status: Int32 = 0
        if waitpid(pid, &status, WNOHANG) == pid { noteExit(status) }
        return exitCode == nil
    }

    /// Ends it with SIGTERM, or with SIGKILL where that does not help. Returns its exit code.
    @discardableResult
    func stop() -> Int32 {
        if isRunning { kill(-pid, SIGTERM) }
        let began = MonotonicInstant.now()
        while isRunning {
            if MonotonicInstant.now() - began > Self.stopTimeoutNanoseconds { kill() }
            usleep(2000)
        }
        return exitCode ?? 0
    }

    /// Asks it to end in an orderly way, as Ctrl-C does.
    func interrupt() { if isRunning { kill(-pid, SIGINT) } }

    /// Ends it at once; `stop` or `isRunning` takes its exit code.
    func kill() { kill(-pid, SIGKILL) }

    private func noteExit(_ status: Int32) {
        exitCode = system_exit_code(status)
        // What it leaves behind is nobody's.
        kill()
    }

    private func kill(_ process: Int32, _ signal: Int32) {
        // A child that has not come as far as to its own group yet is reached by its own id.
        // Once it has been waited for, its id may be another's.
        if Glibc.kill(process, signal) != 0, exitCode == nil { _ = Glibc.kill(abs(process), signal) }
    }
}
