import Synchronization

/// What other threads want done on a loop's thread, in the order in which they asked.
///
/// Any thread appends and never waits; the loop takes all at once. A list linked newest first: appending pushes by
/// compare-and-swap, taking takes the whole list, so there is no ABA problem. One allocation a job.
///
/// No `Mutex`: the thread sanitizer does not see how the library's hands over what it guards when threads contend for
/// it (that part is in a library that is not instrumented) and would report races that are none.
final class JobQueue: Sendable {
    private final class Job {
        let body: @Sendable () -> Void
        var next: Unmanaged<Job>?

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// The address of the newest job, 0 for none.
    private let newest = Atomic<UInt>(0)

    deinit { removeAll() }

    /// Any thread.
    func append(_ body: @escaping @Sendable () -> Void) {
        let job = Job(body)
        let address = UInt(bitPattern: Unmanaged.passRetained(job).toOpaque())
        var head = newest.load(ordering: .relaxed)
        while true {
            job.next = Self.job(at: head)
            // Release: the job's content and its link come before.
            let (exchanged, current) = newest.compareExchange(
                expected: head, desired: address, ordering: .releasing)
            if exchanged { return }
            head = current
        }
    }

    /// The loop's thread: runs what was appended before, oldest first.
    func run() {
        for job in takeAll().reversed() { job.body() }
    }

    /// The loop's thread: forgets what was appended before.
    func removeAll() { _ = takeAll() }

    /// Newest first.
    private func takeAll() -> [Job] {
        // Most wake-ups are for messages: looking costs less than taking.
        guard newest.load(ordering: .relaxed) != 0 else { return [] }
        var jobs: [Job] = []
        // Acquire: pairs with the release in `append`.
        var entry = Self.job(at: newest.exchange(0, ordering: .acquiring))
        while let current = entry {
            let job = current.takeRetainedValue()
            entry = job.next
            jobs.append(job)
        }
        return jobs
    }

    private static func job(at address: UInt) -> Unmanaged<Job>? {
        UnsafeRawPointer(bitPattern: address).map { Unmanaged.fromOpaque($0) }
    }
}
