import Transport

/// Names a loop to other threads, which may only have it do things on its own thread.
///
/// `@unchecked Sendable`: a `ServerLoop` belongs to its loop's thread; all that this offers goes through
/// `EventLoop.execute`, or is called by that thread itself.
struct UncheckedLoop: @unchecked Sendable {
    let loop: ServerLoop

    func run() { loop.loop.run() }

    func drain() {
        loop.loop.execute { loop.drain() }
    }

    /// Has the loop report, on its own thread; the last report wakes the asker with all of them.
    func report(detailed: Bool, to survey: LoopSurvey, number: Int, asker: UncheckedLoop) {
        loop.loop.execute {
            guard let reports = survey.add(loop.report(detailed: detailed)) else { return }
            asker.loop.loop.execute { asker.loop.surveyEnded(number, reports) }
        }
    }

    /// Gives the loop a client; on `acceptor`'s thread.
    func take(_ accepted: AcceptedConnection, from acceptor: ServerLoop) {
        if loop === acceptor { return loop.adopt(accepted) }
        loop.loop.execute { loop.adopt(accepted) }
    }
}
