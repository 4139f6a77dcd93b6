import Testing

@testable import LoadGen

@Suite("ChurnSchedule")
struct ChurnScheduleTests {
    @Test("departures come at the rate, the first at once")
    func times() {
        var schedule = ChurnSchedule(ratePerSecond: 4)
        var times: [UInt64] = []
        for _ in 0..<5 {
            times.append(schedule.nextNanoseconds)
            schedule.take()
        }
        #expect(times == [0, 250_000_000, 500_000_000, 750_000_000, 1_000_000_000])
    }

    @Test(
        "a rate has its number of departures within a time",
        arguments: [(10.0, 2_000_000_000, 20), (0.5, 10_000_000_000, 5), (3.0, 1_000_000_000, 3)]
            as [(Double, UInt64, Int)])
    func counts(rate: Double, nanoseconds: UInt64, expected: Int) {
        var schedule = ChurnSchedule(ratePerSecond: rate)
        var count = 0
        while schedule.nextNanoseconds < nanoseconds {
            schedule.take()
            count += 1
        }
        #expect(count == expected)
    }
}
