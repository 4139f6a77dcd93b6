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

    func giveUpOldestNewcomer() {
        loop.loop.execute { loop.giveUpOldestNewcomer() }
    }

    /// Has the loop answer a question, on its own thread, and hands the answer on from there.
    func ask<Answer: Sendable>(
        _ question: @escaping @Sendable (ServerLoop) -> Answer, then: @escaping @Sendable (Answer) -> Void
    ) {
        loop.loop.execute { then(question(loop)) }
    }

    /// Gives the loop a client; on `acceptor`'s thread.
    func take(_ accepted: AcceptedConnection, from acceptor: ServerLoop) {
        if loop === acceptor { return loop.adopt(accepted) }
        loop.loop.execute { loop.adopt(accepted) }
    }
}
