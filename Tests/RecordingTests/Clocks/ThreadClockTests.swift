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

    @Test("work in user space shows as the user's part")
    func split() {
        let before = ThreadClock.splitCPUNanoseconds()
        let began = ThreadClock.cpuNanoseconds()
        var value: UInt64 = 1
        while ThreadClock.cpuNanoseconds() - began < 50_000_000 { for _ in 0..<100_000 { value = value &* 31 &+ 7 } }
        let after = ThreadClock.splitCPUNanoseconds()
        #expect(after.user > before.user)
        #expect(after.system >= before.system)
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
