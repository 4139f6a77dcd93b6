/// Names a run to other threads, which may only have it do things on its own thread.
///
/// `@unchecked Sendable`: all that is offered goes through `EventLoop.execute`.
struct UncheckedRun: @unchecked Sendable {
    let run: LoadLoop

    func interrupt() {
        run.loop.execute { run.interrupt() }
    }
}
