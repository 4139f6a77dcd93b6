import Glibc

/// A thread of the system that runs one closure, and can be waited for.
package final class LoopThread {
    private final class Body {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    private var handle = pthread_t()

    /// - Throws: `SystemError` where the system has no more threads to give.
    package init(_ run: @escaping @Sendable () -> Void) throws(SystemError) {
        let body = Unmanaged.passRetained(Body(run))
        let status = pthread_create(
            &handle, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        guard status == 0 else {
            body.release()
            throw SystemError("pthread_create", code: status)
        }
    }

    package func join() { pthread_join(handle, nil) }
}
