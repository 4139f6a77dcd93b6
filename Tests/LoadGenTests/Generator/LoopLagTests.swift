import Testing

@testable import LoadGen

@Suite("LoopLag")
struct LoopLagTests {
    private static let millisecond: UInt64 = 1_000_000

    @Test("a loop that sleeps until it is needed keeps nobody waiting")
    func asleep() {
        var lag = LoopLag()
        lag.begin(atNanoseconds: 0, untilNanoseconds: .max)
        for turn in 1...10 as ClosedRange<UInt64> {
            let began = turn * 10 * Self.millisecond - 5_000
            lag.turnEnded(beganNanoseconds: began, nowNanoseconds: began + 1_000)
        }
        #expect(lag.histogram.count == 100)
        #expect(lag.histogram.max == 0)
    }

    @Test("a long turn counts for each millisecond of it, by what was left of it")
    func longTurn() {
        var lag = LoopLag()
        lag.begin(atNanoseconds: 0, untilNanoseconds: .max)
        // Asleep for 90 ms, then busy for 10: at 90 ms the wait is 10 ms, at 99 it is 1.
        lag.turnEnded(beganNanoseconds: 90 * Self.millisecond, nowNanoseconds: 100 * Self.millisecond)
        #expect(lag.histogram.count == 100)
        #expect(lag.histogram.percentile(90) == 0)
        #expect(abs(Int64(lag.histogram.percentile(91)) - 1_000_000) <= 1_000)
        #expect(abs(Int64(lag.histogram.percentile(95)) - 5_000_000) <= 5_000)
        #expect(abs(Int64(lag.histogram.max) - 10_000_000) <= 10_000)
    }

    @Test("one stall shows in the percentiles, however many short turns there are besides")
    func stall() {
        var lag = LoopLag()
        lag.begin(atNanoseconds: 0, untilNanoseconds: .max)
        var now: UInt64 = 0
        for _ in 0..<90_000 {
            lag.turnEnded(beganNanoseconds: now + 9_000, nowNanoseconds: now + 10_000)
            now += 10_000
        }
        lag.turnEnded(beganNanoseconds: now, nowNanoseconds: now + 100 * Self.millisecond)
        #expect(lag.histogram.count == 1_000)
        #expect(lag.histogram.percentile(99) > 85 * Self.millisecond)
    }

    @Test("a timer that fires late shows that the loop had no core")
    func lateTimer() {
        var lag = LoopLag()
        lag.begin(atNanoseconds: 0, untilNanoseconds: .max)
        lag.timerWasDue(atNanoseconds: 30 * Self.millisecond)
        lag.timerWasDue(atNanoseconds: 20 * Self.millisecond)
        lag.turnEnded(beganNanoseconds: 39 * Self.millisecond, nowNanoseconds: 40 * Self.millisecond)
        #expect(lag.histogram.count == 40)
        #expect(lag.histogram.percentile(50) == 0)
        #expect(lag.histogram.percentile(55) > 0)
        #expect(abs(Int64(lag.histogram.max) - 20_000_000) <= 20_000)
        // It counts for its own turn only.
        lag.turnEnded(beganNanoseconds: 80 * Self.millisecond, nowNanoseconds: 80 * Self.millisecond + 1)
        #expect(lag.histogram.count == 81)
        #expect(abs(Int64(lag.histogram.max) - 20_000_000) <= 20_000)
    }

    @Test("what comes before the part that counts is not asked about, nor what comes after it")
    func bounds() {
        var lag = LoopLag()
        lag.timerWasDue(atNanoseconds: 0)
        lag.turnEnded(beganNanoseconds: 0, nowNanoseconds: 50 * Self.millisecond)
        #expect(lag.histogram.count == 0)
        lag.timerWasDue(atNanoseconds: 0)
        lag.begin(atNanoseconds: 50 * Self.millisecond, untilNanoseconds: 60 * Self.millisecond)
        lag.turnEnded(beganNanoseconds: 55 * Self.millisecond, nowNanoseconds: 100 * Self.millisecond)
        #expect(lag.histogram.count == 10)
        // From 50 to 54 ms it slept, at 55 ms there were 45 ms to go.
        #expect(lag.histogram.percentile(50) == 0)
        #expect(abs(Int64(lag.histogram.max) - 45_000_000) <= 45_000)
        lag.turnEnded(beganNanoseconds: 100 * Self.millisecond, nowNanoseconds: 200 * Self.millisecond)
        #expect(lag.histogram.count == 10)
    }
}
