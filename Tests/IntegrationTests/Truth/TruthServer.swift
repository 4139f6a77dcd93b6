import Transport

/// A relay whose every misdeed is known beforehand and counted: what a load generator has to find out about it.
///
/// Listens on a free port of this machine, on a thread of its own, from its creation until `finish`. It shares with the
/// generator the reading of frames and stamps, which have tests of their own, and nothing of the accounting.
final class TruthServer {
    let port: UInt16
    private let loop: TruthLoop
    private let thread: LoopThread
    private var isFinished = false

    init(_ plan: TruthPlan) throws(SystemError) {
        let loop = try TruthLoop(plan)
        self.loop = loop
        port = loop.listener.port
        thread = try LoopThread { loop.run() }
    }

    deinit { stop() }

    var url: String { "ws://127.0.0.1:\(port)/relay" }

    /// Ends it and tells what it has done.
    func finish() -> TruthRecord {
        stop()
        return loop.record
    }

    private func stop() {
        guard !isFinished else { return }
        isFinished = true
        loop.stop()
        thread.join()
    }
}
