import Glibc

/// A thread for one piece of work, for what depends on the thread it runs on.
struct OwnThread {
    private let work: () -> Void

    /// Runs the work on a new thread and waits for its end.
    static func run(_ work: () -> Void) {
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
