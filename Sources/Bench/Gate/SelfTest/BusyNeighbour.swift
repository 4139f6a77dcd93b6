import Glibc
import Transport

/// Another program on the machine: it burns a core for a second, rests for one, and so on. Gone two seconds after this
/// object at the latest.
///
/// On any core, at the ordinary priority, in a session of its own, as another job has: whatever this thread's are.
final class BusyNeighbour {
    /// Ends by itself when the process with the given id has gone: a session is not ended with its starter.
    private static let burning =
        "while kill -0 $0 2>/dev/null; do timeout --foreground 1 sh -c 'while :; do :; done'; sleep 1; done"

    private let program: ChildProgram

    /// - Parameter cores: all of the machine's.
    init(cores: [Int]) throws {
        program = try ChildProgram(
            path: "nice",
            words: [
                "nice", "-n", "\(-ThreadPriority.niceness)", "sh", "-c", #"setsid sh -c "$0" $$ & wait"#, Self.burning,
            ],
            output: nil, cores: cores)
    }

    deinit {
        program.kill()
        program.stop()
    }
}
