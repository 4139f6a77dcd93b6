import Testing

@testable import Bench

@Suite("What perf stat and strace print")
struct ToolOutputTests {
    @Test(
        "the count of perf stat",
        arguments: [
            ("# started on Mon\n\n4821,,raw_syscalls:sys_enter,3034928731,100.00,,\n", 4821),
            ("<not counted>,,raw_syscalls:sys_enter,0,100.00,,\n", nil), ("12,,cycles,1,1,,\n", nil), ("", nil),
            (",,", nil),
        ] as [(String, Int?)])
    func perfStat(text: String, count: Int?) {
        #expect(PerfStat.count(in: text) == count)
    }

    @Test(
        "the sum of strace, with and without errors",
        arguments: [
            (
                """
                % time     seconds  usecs/call     calls    errors syscall
                ------ ----------- ----------- --------- --------- ----------------
                 93.10    0.187211          21      8606           sendto
                  6.90    0.013878          92       150        12 epoll_wait
                ------ ----------- ----------- --------- --------- ----------------
                100.00    0.201089          22      8756        12 total

                """, 8756
            ),
            ("100.00    0.201089          22      8756           total\n", 8756), ("", nil), ("total\n", nil),
        ] as [(String, Int?)])
    func strace(text: String, count: Int?) {
        #expect(Strace.count(in: text) == count)
    }
}
