import Testing

@testable import LoadGen

@Suite("SaturationCheck")
struct SaturationCheckTests {
    private let fine = SaturationCheck(
        isClosedLoop: false, scheduleLagP99Nanoseconds: 900_000, latencyP50Nanoseconds: 500_000, published: 990,
        intended: 1_000, busyFraction: 0.9, waitingFraction: 0.05, receiveDelayP99Nanoseconds: 10_000_000)

    @Test("a generator at every one of its limits is still fine")
    func atTheLimits() {
        #expect(fine.reasons == [])
    }

    @Test("each limit by itself makes it saturated, with the figure and the limit in the reason")
    func eachLimit() {
        var late = fine
        late.scheduleLagP99Nanoseconds = 1_000_001
        #expect(late.reasons == ["schedule lag p99 1.00 ms, limit 1.00 ms"])
        var short = fine
        short.published = 989
        #expect(short.reasons == ["published 989 of 1000 intended messages, limit 99 %"])
        var busy = fine
        busy.busyFraction = 0.95
        #expect(busy.reasons == ["generator thread busy 95 % of a core, limit 90 %"])
        var waiting = fine
        waiting.waitingFraction = 0.06
        #expect(waiting.reasons == ["generator thread waited for a core 6 % of the run, limit 5 %"])
        var slow = fine
        slow.receiveDelayP99Nanoseconds = 12_000_000
        #expect(slow.reasons == ["receive queues emptied within 12.0 ms at p99, limit 10 ms"])
    }

    @Test("the longer one of what was estimated and what the kernel stamped is the wait")
    func kernelStamps() {
        var check = fine
        check.receiveQueueP99Nanoseconds = 10_000_000
        #expect(check.reasons == [])
        check.receiveQueueP99Nanoseconds = 25_000_000
        #expect(check.reasons == ["receive queues emptied within 25.0 ms at p99, limit 10 ms"])
        check.receiveQueueP99Nanoseconds = 5_000
        check.receiveDelayP99Nanoseconds = 12_000_000
        #expect(check.reasons == ["receive queues emptied within 12.0 ms at p99, limit 10 ms"])
    }

    @Test("a tenth of a long latency is a lag that does not matter")
    func lagIsMeasuredAgainstLatency() {
        var late = fine
        late.scheduleLagP99Nanoseconds = 5_000_000
        late.latencyP50Nanoseconds = 50_000_000
        #expect(late.reasons == [])
        late.latencyP50Nanoseconds = 49_000_000
        #expect(late.reasons.count == 1)
    }

    @Test("in a closed loop a busy generator sets the pace and is not saturated; one without a core is")
    func closedLoop() {
        var check = fine
        check.isClosedLoop = true
        check.busyFraction = 0.99
        #expect(check.reasons == [])
        #expect(check.isGeneratorBound)
        check.waitingFraction = 0.2
        #expect(check.reasons.count == 1)
    }
}
