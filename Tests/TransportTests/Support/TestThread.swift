import Glibc

/// Threads of a test's own, to be joined.
struct TestThread: ~Copyable {
    private final class Body {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    private var threads: [pthread_t] = []

    init(count: Int = 1, _ body: @escaping @Sendable () -> Void) {
        for _ in 0..<count {
            var thread = pthread_t()
            let argument = Unmanaged.passRetained(Body(body)).toOpaque()
            pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                    return nil
                }, argument)
            threads.append(thread)
        }
    }

    consuming func join() {
        for thread in threads { pthread_join(thread, nil) }
    }
}
