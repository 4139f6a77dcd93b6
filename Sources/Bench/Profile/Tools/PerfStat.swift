import Glibc

/// System calls by the kernel's own tracepoint, through `perf stat`: exact, at some 100 ns a call.
///
/// Counting begins and ends when it is told to over two pipes with names (`--control`), since attaching takes a while.
final class PerfStat: SystemCallCounter {
    private static let event = "raw_syscalls:sys_enter"
    private static let answerMilliseconds: Int32 = 50
    private static let answerAttempts = 60
    private static let endNanoseconds: Int64 = 10_000_000_000

    let name = "perf stat"
    private let folder: TemporaryFolder
    private let process: ToolProcess
    private let control: Int32
    private let acknowledgement: Int32

    init(pids: [Int32], folder: TemporaryFolder) throws(ToolFailure) {
        self.folder = folder
        let pipes = ["control", "acknowledgement"].map(folder.file)
        for pipe in pipes { mkfifo(pipe, 0o600) }
        // Open for both directions: opening does not wait for the other side.
        control = open(pipes[0], O_RDWR | O_CLOEXEC)
        acknowledgement = open(pipes[1], O_RDWR | O_CLOEXEC)
        process = try ToolProcess(
            [
                "perf", "stat", "-x", ",", "-e", Self.event, "-p", pids.map(String.init).joined(separator: ","), "-D",
                "-1",
                "--control", "fifo:\(pipes[0]),\(pipes[1])", "-o", folder.file("stat"),
            ], output: "stat-output", folder: folder)
    }

    deinit {
        close(control)
        close(acknowledgement)
    }

    func begin() throws(ToolFailure) {
        guard tell("enable") else {
            process.interrupt()
            try process.finish(withinNanoseconds: Self.endNanoseconds)
            throw ToolFailure(description: "perf stat does not answer")
        }
    }

    func end() {
        _ = tell("disable")
        process.interrupt()
    }

    func count() throws(ToolFailure) -> Int {
        try process.finish(withinNanoseconds: Self.endNanoseconds)
        guard let count = Self.count(in: folder.text("stat")) else {
            throw ToolFailure(description: "perf stat counted nothing")
        }
        return count
    }

    /// Of lines `COUNT,UNIT,EVENT,…`; not a number where the event could not be counted.
    static func count(in text: String) -> Int? {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            if fields.count > 2, fields[2] == event { return Int(fields[0]) }
        }
        return nil
    }

    private func tell(_ command: String) -> Bool {
        let line = Array("\(command)\n".utf8)
        guard write(control, line, line.count) == line.count else { return false }
        for _ in 0..<Self.answerAttempts where process.isRunning {
            var waiting = pollfd(fd: acknowledgement, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, Self.answerMilliseconds) == 1 else { continue }
            var answer = [UInt8](repeating: 0, count: 16)
            return read(acknowledgement, &answer, answer.count) > 0
        }
        return false
    }
}
