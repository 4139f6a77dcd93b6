import Glibc
import Testing

@testable import Recording

@Suite("SchedulingFigures")
struct SchedulingFiguresTests {
    private func figures(_ threads: [Int32: (UInt64, UInt64)], softirq: UInt64 = 0) -> SchedulingFigures {
        SchedulingFigures(
            threads: threads.mapValues { .init(cpuNanoseconds: $0.0, waitNanoseconds: $0.1) },
            softirqNanoseconds: softirq)
    }

    @Test("one thread that waits, waits for others; idle ones beside it change nothing")
    func single() {
        let before = figures([1: (1_000, 50), 2: (500, 0), 3: (7, 7)])
        let after = figures([1: (2_000, 250), 2: (500, 0), 3: (8, 7)])
        #expect(after.waitForOthersNanoseconds(since: before) == 200)
    }

    @Test("threads that compete for a core wait for one another")
    func competing() {
        let before = figures([1: (0, 0), 2: (0, 0)])
        #expect(figures([1: (600, 400), 2: (400, 600)]).waitForOthersNanoseconds(since: before) == 0)
        #expect(figures([1: (600, 900), 2: (400, 900)]).waitForOthersNanoseconds(since: before) == 800)
    }

    @Test("waiting for the kernel's thread that does their own work is no disturbance")
    func softirq() {
        let before = figures([1: (0, 0)], softirq: 1_000)
        let after = figures([1: (500, 300)], softirq: 1_250)
        #expect(after.softirqNanoseconds(since: before) == 250)
        #expect(after.waitForOthersNanoseconds(since: before) == 50)
    }

    @Test("a thread that was not there before counts whole, one that ended not at all")
    func comingAndGoing() {
        let before = figures([1: (100, 10), 2: (100, 10)])
        let after = figures([1: (200, 10), 3: (50, 30)])
        #expect(after.waitForOthersNanoseconds(since: before) == 0)
        #expect(figures([3: (50, 30)]).waitForOthersNanoseconds(since: before) == 30)
    }

    @Test("the own process has threads that have run")
    func own() {
        let figures = SchedulingFigures(ProcessFigures(pid: getpid()), softirqThreads: [])
        #expect(figures.threads.values.contains { $0.cpuNanoseconds > 0 })
    }
}
