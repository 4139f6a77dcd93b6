import Glibc
import Testing

@testable import Recording

@Suite("ThreadClock")
struct ThreadClockTests {
    @Test("work uses processor time, waiting does not reach it")
    func cpu() {
        let before = ThreadClock.cpuNanoseconds()
        var value: UInt64 = 1
        while ThreadClock.cpuNanoseconds() - before < 1_000_000 { value = value &* 31 &+ 7 }
        #expect(ThreadClock.cpuNanoseconds() > before)
        #expect(value != 1)
    }

    @Test("the time waited for a core can be read")
    func runQueueWait() {
        #expect(
            access("/proc/thread-self/schedstat", R_OK) != 0 || ThreadClock.runQueueWaitNanoseconds() != nil)
    }

    @Test(
        "the wait is the second field",
        arguments: [("12 345 6\n", 345), ("0 0 1", 0), ("12\n", nil), ("", nil), ("a b c", nil)]
            as [(String, UInt64?)])
    func parse(text: String, expected: UInt64?) {
        #expect(ThreadClock.runQueueWaitNanoseconds(schedstat: text) == expected)
    }
}
