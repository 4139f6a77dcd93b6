import Recording
import Transport

/// A server under the eyes of the system's tools for the time of one load: its system calls counted, its stacks sampled.
///
/// What a tool cannot do is a line in `notes`, and the rest goes on. Owner: the thread that made it.
final class ServerObservation {
    private let pids: [Int32]
    private let folder: TemporaryFolder
    private let hasPerf = ToolProcess.isInstalled("perf")
    private var counter: (any SystemCallCounter)?
    private var recording: PerfRecording?
    private var hasBegun = false
    private(set) var notes: [String] = []

    init(_ process: ProcessFigures) throws(SystemError) {
        pids = process.processes()
        folder = try TemporaryFolder()
        if hasPerf {
            counter = noted { () throws(ToolFailure) in try PerfStat(pids: pids, folder: folder) }
        } else {
            notes.append("perf is not installed (Debian: linux-perf): no flame graph")
            counter = noted { () throws(ToolFailure) in try Strace(pids: pids, folder: folder) }
            if counter != nil { notes.append("strace counts the system calls, which slows the server many times") }
        }
    }

    /// Whether there is any tool to observe with.
    var isPossible: Bool { counter != nil || hasPerf }

    /// - Parameter reading: what is read before the count begins, so that it is not counted.
    func begin(after reading: () -> Void) {
        hasBegun = true
        if hasPerf { recording = noted { () throws(ToolFailure) in try PerfRecording(pids: pids, folder: folder) } }
        reading()
        guard let counter else { return }
        let begins: Void? = noted { () throws(ToolFailure) in try counter.begin() }
        if begins == nil { self.counter = nil }
    }

    func end(before reading: () -> Void) {
        counter?.end()
        reading()
        recording?.stop()
    }

    /// Between `begin` and `end`, and the name of what counted.
    func systemCalls() -> (tool: String, count: Int)? {
        guard hasBegun, let counter else { return nil }
        return noted { () throws(ToolFailure) in (counter.name, try counter.count()) }
    }

    /// Takes seconds.
    func stacks() -> FoldedStacks? {
        guard let recording else { return nil }
        return noted { () throws(ToolFailure) in FoldedStacks(try recording.samples()) }
    }

    private func noted<Value>(_ body: () throws(ToolFailure) -> Value) -> Value? {
        do throws(ToolFailure) {
            return try body()
        } catch {
            notes.append(error.description)
            return nil
        }
    }
}
