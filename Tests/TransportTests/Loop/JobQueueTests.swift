import Synchronization
import Testing

@testable import Transport

@Suite("JobQueue")
struct JobQueueTests {
    /// `@unchecked Sendable`: each test's jobs run on one thread at a time.
    private final class Journal: @unchecked Sendable {
        var entries: [Int] = []
    }

    @Test("jobs run once, in the order in which they came; one that a job adds runs the next time")
    func order() {
        let queue = JobQueue()
        let journal = Journal()
        for number in 0..<5 { queue.append { journal.entries.append(number) } }
        queue.append { queue.append { journal.entries.append(6) } }
        queue.append { journal.entries.append(5) }
        queue.run()
        #expect(journal.entries == [0, 1, 2, 3, 4, 5])
        queue.run()
        #expect(journal.entries == [0, 1, 2, 3, 4, 5, 6])
        queue.run()
        #expect(journal.entries.count == 7)
    }

    @Test("jobs that are forgotten do not run, and neither they nor those left behind keep what they hold")
    func forgotten() {
        weak var held: Journal?
        do {
            let queue = JobQueue()
            let journal = Journal()
            held = journal
            queue.append { journal.entries.append(1) }
            queue.removeAll()
            queue.run()
            #expect(journal.entries.isEmpty)
            queue.append { journal.entries.append(2) }
        }
        #expect(held == nil)
    }

    @Test("threads that append beside one that runs: every job once, each thread's order kept")
    func concurrency() {
        let queue = JobQueue()
        let journal = Journal()
        let (threads, jobsPerThread) = (4, 5_000)
        let nextThread = Atomic<Int>(0)
        let makers = TestThread(count: threads) {
            let thread = nextThread.add(1, ordering: .relaxed).oldValue
            for number in 0..<jobsPerThread {
                queue.append { journal.entries.append(thread * jobsPerThread + number) }
            }
        }
        while journal.entries.count < threads * jobsPerThread { queue.run() }
        makers.join()
        for thread in 0..<threads {
            let own = journal.entries.filter { $0 / jobsPerThread == thread }
            #expect(own == Array(thread * jobsPerThread..<(thread + 1) * jobsPerThread))
        }
    }
}
