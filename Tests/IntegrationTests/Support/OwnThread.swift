import Glibc

/// A thread for one piece of work, for what a thread and its children inherit.
struct OwnThread {
    private let work: () -> Void

    /// Runs the work on a new thread, waits for its end and hands on what came of it.
    static func run<Value>(_ work: () throws -> Value) throws -> Value {
        var outcome: Result<Value, any Error>?
        join { outcome = Result(catching: work) }
        guard let outcome else { preconditionFailure("the thread was joined before its work was done") }
        return try outcome.get()
    }

    private static func join(_ work: () -> Void) {
        withoutActuallyEscaping(work) { work in
            var thread = pthread_t()
            var own = OwnThread(work: work)
            // `own` outlives the thread, which is joined within the pointer's scope.
            withUnsafeMutablePointer(to: &own) { pointer in
                let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
                    argument in
                    argument?.assumingMemoryBound(to: OwnThread.self).pointee.work()
                    return nil
                }
                let status = pthread_create(&thread, nil, body, pointer)
                precondition(status == 0)
                pthread_join(thread, nil)
            }
        }
    }
}
