import Testing

@testable import Recording

@Suite("WindowWatch")
struct WindowWatchTests {
    /// A second in which so many deliveries came, each after so many nanoseconds.
    private struct Second {
        var received = 10
        var latency: UInt64 = 1_000
        var lost = 0

        var record: IntervalRecord {
            IntervalRecord(
                second: 0, published: 1, received: received, latencyP50Nanoseconds: nil, latencyP99Nanoseconds: nil,
                connected: 1, durationNanoseconds: 1_000_000_000, expected: received, lost: lost, duplicated: 0,
                reordered: 0, receivedBytes: 0)
        }

        var histogram: LatencyHistogram { WindowPathTests.histogram(latency, count: received) }
    }

    private func outcome(
        _ expression: String, _ seconds: [Second], remainder: Second? = nil
    ) throws -> ThresholdOutcome {
        var watch = try #require(WindowWatch(Threshold(parsing: expression)))
        for second in seconds { watch.add(second.record, second.histogram) }
        if let remainder { watch.addRemainder(remainder.record, remainder.histogram) }
        return watch.outcome
    }

    @Test("a threshold for the whole run has no windows")
    func wholeRun() throws {
        #expect(try WindowWatch(Threshold(parsing: "latency.p99<5ms")) == nil)
    }

    @Test("the worst window is found, with its figure and its beginning")
    func worst() throws {
        let seconds = [1_000, 1_000, 2_000, 1_500, 1_000, 1_000].map { Second(latency: $0) }
        let found = try outcome("latency.max<2us over 2s", seconds)
        #expect(
            found
                == ThresholdOutcome(
                    expression: "latency.max<2us over 2s", value: 2_000, passed: false,
                    windowNanoseconds: 2_000_000_000, worstWindowStartNanoseconds: 1_000_000_000))
        #expect(try outcome("latency.max<=2us over 2s", seconds).passed)
    }

    @Test("histograms are merged: a second's stall is a small part of a long window")
    func merged() throws {
        var seconds = [Second](repeating: Second(received: 100), count: 10)
        seconds[4] = Second(received: 1, latency: 1_000_000)
        #expect(try outcome("latency.p99<100us over 1s", seconds).passed == false)
        let long = try outcome("latency.p99<100us over 5s", seconds)
        #expect(long.passed)
        #expect(long.value == 1_000)
    }

    @Test(
        "each operator has its own worst side",
        arguments: [
            ("deliveries.received<100 over 1s", 30, 2), ("deliveries.received>=10 over 1s", 5, 1),
            ("deliveries.received>10 over 1s", 5, 1), ("deliveries.received==10 over 1s", 30, 2),
            ("rates.deliveriesPerSecond>1 over 2s", 7.5, 0),
        ] as [(String, Double, Int)])
    func sides(expression: String, value: Double, second: Int) throws {
        let found = try outcome(expression, [10, 5, 30, 20].map { Second(received: $0) })
        #expect(found.value == value)
        #expect(found.worstWindowStartNanoseconds == second * 1_000_000_000)
    }

    @Test("a window without a figure fails and is the worst of all")
    func noFigure() throws {
        let seconds = [Second(latency: 9_000_000), Second(received: 0), Second(latency: 99_000_000)]
        let found = try outcome("latency.p99<1s over 1s", seconds)
        #expect(found.value == nil)
        #expect(!found.passed)
        #expect(found.worstWindowStartNanoseconds == 1_000_000_000)
    }

    @Test("a run shorter than a window does not meet it")
    func tooShort() throws {
        let found = try outcome("latency.p99<1s over 3s", [Second(), Second()], remainder: Second())
        #expect(
            found
                == ThresholdOutcome(
                    expression: "latency.p99<1s over 3s", value: nil, passed: false, windowNanoseconds: 3_000_000_000))
    }

    @Test("what came after the last whole second counts to the last window, but not to a rate")
    func remainder() throws {
        let seconds = [Second(), Second()]
        let late = Second(received: 4, latency: 5_000_000, lost: 2)
        let latency = try outcome("latency.max<1ms over 1s", seconds, remainder: late)
        #expect(!latency.passed)
        #expect(latency.worstWindowStartNanoseconds == 1_000_000_000)
        #expect(try outcome("deliveries.lost==0 over 2s", seconds, remainder: late).value == 2)
        #expect(try outcome("rates.deliveriesPerSecond<=10 over 1s", seconds, remainder: late).passed)
    }
}
