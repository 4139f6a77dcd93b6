import Transport

/// Threads for blocking work, so that no test blocks the threads that run tests.
enum Threads {
    /// Runs `body` with 0 ..< `count` on as many threads and waits for all; rethrows the first error.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
        let failures = SharedList<any Error>()
        let threads = try (0..<count).map { index in
            try LoopThread {
                do { try body(index) } catch { failures.append(error) }
            }
        }
        for thread in threads { thread.join() }
        if let first = failures.elements.first { throw first }
    }

    /// As `run`, with a result of each thread, in their order.
    static func map<Result: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) throws -> Result
    ) throws -> [Result] {
        let results = SharedList<(Int, Result)>()
        try run(count) { index in results.append((index, try body(index))) }
        return results.elements.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
