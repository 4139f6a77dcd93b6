import LoadGen
import Testing

@Suite("Schedule")
struct ScheduleTests {
    private static let schedules: [Schedule] = [
        .constant(ConstantPacer(ratePerSecond: 700)),
        .stages(StagedPacer(profile: profile)),
        .poisson(PoissonPacer(profile: profile, seed: 5)),
    ]

    private static var profile: RateProfile {
        let stages = ["2s:100..900", "1s:0", "2s:500"].compactMap { try? RateStage(parsing: $0) }
        return RateProfile(warmupNanoseconds: 1_000_000_000, stages: stages)
    }

    @Test("is the pacer that it holds: counts of intervals are those of its times", arguments: schedules.indices)
    func countsAgreeWithTimes(index: Int) {
        var counting = Self.schedules[index]
        var timing = Self.schedules[index]
        var sent: UInt64 = 0
        for elapsed in stride(from: UInt64(0), to: 6_000_000_000, by: 7_654_321) {
            let due = counting.due(atNanoseconds: elapsed)
            while timing.intendedNanoseconds(of: sent) <= elapsed { sent += 1 }
            #expect(sent == due)
        }
        #expect(sent > 1_500)
    }

    @Test("a copy starts where the schedule stood, and leaves it there")
    func copies() {
        var schedule = Self.schedules[2]
        let first = schedule.intendedNanoseconds(of: 0)
        var copy = schedule
        #expect(copy.intendedNanoseconds(of: 500) > first)
        #expect(schedule.intendedNanoseconds(of: 0) == first)
        #expect(schedule.intendedNanoseconds(of: 500) == copy.intendedNanoseconds(of: 500))
    }
}
