import Transport

/// Another program on the machine: it burns a core for a second, rests for one, and so on. Gone with this object.
///
/// On any core, at the ordinary priority, whatever this thread's are.
final class BusyNeighbour {
    private static let script = "while :; do timeout --foreground 1 sh -c 'while :; do :; done'; sleep 1; done"

    private let program: ChildProgram

    /// - Parameter cores: all of the machine's.
    init(cores: [Int]) throws {
        program = try ChildProgram(
            path: "nice", words: ["nice", "-n", "\(-ThreadPriority.niceness)", "sh", "-c", Self.script], output: nil,
            cores: cores)
    }

    deinit {
        program.kill()
        program.stop()
    }
}
