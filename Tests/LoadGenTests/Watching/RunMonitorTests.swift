import Recording
import Testing

@testable import LoadGen

@Suite("RunMonitor")
struct RunMonitorTests {
    /// A second of a loop in which so many deliveries came, each after so many nanoseconds.
    private func second(
        _ number: Int, received: Int = 10, latency: UInt64 = 1_000, lost: UInt64 = 0, connected: Int = 5
    ) -> LoadSecond {
        let second = LoadSecond()
        for _ in 0..<received { second.latency.record(latency) }
        second.scheduleLag.record(7)
        second.end(
            second: number, startedAtMilliseconds: 1_000 + Int64(number) * 1_000, durationNanoseconds: 1_000_000_000,
            counts: LoadTotals(
                published: 1, expected: UInt64(received) + lost, received: UInt64(received), lost: lost,
                duplicated: 2, reordered: 3, receivedBytes: 50),
            connected: connected)
        return second
    }

    private func progress(_ stage: LoadProgress.Stage, received: UInt64) -> LoadProgress {
        LoadProgress(
            stage: stage, connected: 5, clients: 6, elapsedNanoseconds: 100 * received, durationNanoseconds: 1_000,
            published: 2, received: received, outstanding: 1, deliveriesPerSecond: 10, latencyP50Nanoseconds: 9,
            latencyP99Nanoseconds: 9)
    }

    @Test("a loop's second is complete at once where there is no other")
    func oneLoop() {
        let monitor = RunMonitor()
        let record = monitor.add(second(0, lost: 4))
        #expect(record?.received == 10)
        #expect(
            record
                == IntervalRecord(
                    second: 0, published: 1, received: 10, latencyP50Nanoseconds: 1_000, latencyP99Nanoseconds: 1_000,
                    connected: 5, startedAt: "1970-01-01T00:00:01.000Z", durationNanoseconds: 1_000_000_000,
                    expected: 14, lost: 4, duplicated: 2, reordered: 3, receivedBytes: 50,
                    latencyP90Nanoseconds: 1_000, latencyMaxNanoseconds: 1_000, scheduleLagP99Nanoseconds: 7,
                    away: 0))
        #expect(monitor.intervals.count == 1)
        #expect(monitor.intervals.first == record)
    }

    @Test("the seconds of several loops are merged, and complete with the last of them")
    func severalLoops() {
        let monitor = RunMonitor(loopCount: 2)
        #expect(monitor.add(second(0, received: 99)) == nil)
        #expect(monitor.add(second(1)) == nil)
        #expect(monitor.intervals.isEmpty)
        let record = monitor.add(second(0, received: 1, latency: 2_000))
        #expect(record?.second == 0)
        #expect(record?.received == 100)
        #expect(record?.connected == 10)
        #expect(record?.latencyP99Nanoseconds == 1_000)
        #expect(record?.latencyMaxNanoseconds == 2_000)
        #expect(monitor.intervals.count == 1)
    }

    @Test("the end completes what some loop has not ended, and then what came after the last whole second")
    func finish() {
        let monitor = RunMonitor(loopCount: 2)
        monitor.addRemainder(second(2, received: 1))
        monitor.add(second(1, received: 20))
        monitor.add(second(0, received: 30))
        monitor.addRemainder(second(2, received: 2))
        monitor.finish()
        #expect(monitor.intervals.map(\.second) == [0, 1, 2])
        #expect(monitor.intervals.map(\.received) == [30, 20, 3])
        monitor.finish()
        #expect(monitor.intervals.count == 3)
    }

    @Test("thresholds over windows are held against the seconds, others against the result")
    func thresholds() throws {
        let monitor = RunMonitor(thresholds: [
            try Threshold(parsing: "latency.max<2us over 1s"), try Threshold(parsing: "deliveries.lost==0 over 2s"),
        ])
        monitor.add(second(0))
        monitor.add(second(1, latency: 2_000))
        monitor.addRemainder(second(2, lost: 1))
        monitor.finish()
        let outcomes = monitor.outcomes(for: .nothingMeasured)
        #expect(outcomes.map(\.passed) == [false, false])
        #expect(outcomes.map(\.value) == [2_000, 1])
        #expect(outcomes.map(\.worstWindowStartNanoseconds) == [1_000_000_000, 0])
        let whole = RunMonitor(thresholds: [try Threshold(parsing: "deliveries.lost==0")])
        #expect(
            whole.outcomes(for: .nothingMeasured)
                == [ThresholdOutcome(expression: "deliveries.lost==0", value: 0, passed: true)])
    }

    @Test("who watches gets each second once; without a watcher none is kept")
    func watching() {
        let monitor = RunMonitor()
        monitor.add(second(0))
        #expect(!monitor.hasWatcher)
        monitor.beginWatching()
        #expect(monitor.hasWatcher)
        monitor.add(second(1))
        monitor.add(second(2))
        let taken = monitor.takeSeconds()
        #expect(taken.seconds.map(\.record.second) == [1, 2])
        #expect(taken.seconds.map(\.startedAtMilliseconds) == [2_000, 3_000])
        #expect(taken.seconds.first?.histograms.latency.count == 10)
        #expect(taken.missed == 0)
        #expect(monitor.takeSeconds().seconds.isEmpty)
    }

    @Test("a watcher that does not come loses the oldest seconds, and is told how many")
    func missed() {
        let monitor = RunMonitor()
        monitor.beginWatching()
        for number in 0..<63 { monitor.add(second(number, received: 1)) }
        let taken = monitor.takeSeconds()
        #expect(taken.missed == 3)
        #expect(taken.seconds.map(\.record.second) == Array(3..<63))
        #expect(monitor.takeSeconds().missed == 0)
        #expect(monitor.intervals.count == 63)
    }

    @Test("where the run stands is the sum of the loops; its percentiles are those of the last second")
    func position() {
        let monitor = RunMonitor(loopCount: 2)
        #expect(monitor.progress == nil)
        monitor.note(progress(.grace, received: 4), ofLoop: 1)
        #expect(monitor.progress?.received == 4)
        #expect(monitor.progress?.latencyP99Nanoseconds == 9)
        monitor.note(progress(.measuring, received: 6), ofLoop: 0)
        monitor.add(second(0))
        monitor.add(second(0))
        let sum = monitor.progress
        #expect(sum?.stage == .measuring)
        #expect(sum?.received == 10)
        #expect(sum?.connected == 10)
        #expect(sum?.clients == 12)
        #expect(sum?.elapsedNanoseconds == 400)
        #expect(sum?.deliveriesPerSecond == 20)
        #expect(sum?.latencyP99Nanoseconds == 1_000)
    }

    @Test("of two loops the generator that is worse off is told of")
    func generator() {
        var one = progress(.measuring, received: 1)
        let other = GeneratorProgress(
            busyFraction: 0.9, scheduleLagP99Nanoseconds: 1, receiveDelayP99Nanoseconds: 5, reasons: ["a"])
        var two = one
        two.generator = other
        one.merge(two)
        #expect(one.generator == other)
        two.generator = GeneratorProgress(
            busyFraction: 0.5, scheduleLagP99Nanoseconds: 3, receiveDelayP99Nanoseconds: 4, reasons: ["b"])
        one.merge(two)
        #expect(
            one.generator
                == GeneratorProgress(
                    busyFraction: 0.9, scheduleLagP99Nanoseconds: 3, receiveDelayP99Nanoseconds: 5,
                    reasons: ["a", "b"]))
    }
}
