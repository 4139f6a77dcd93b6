import Testing

@testable import LoadGen

@Suite("DepartureSchedule")
struct DepartureScheduleTests {
    private static func schedule(
        churn: Double? = nil, vanish: Double? = nil, storms: [String] = []
    ) throws -> DepartureSchedule {
        var plan = BehaviourPlan()
        plan.churnPerSecond = churn
        plan.vanishPerSecond = vanish
        plan.storms = try storms.map { try StormWave(parsing: $0) }
        return DepartureSchedule(plan)
    }

    private static func takeAll(_ schedule: inout DepartureSchedule, until nanoseconds: UInt64) -> [Departure] {
        var taken: [Departure] = []
        while let departure = schedule.take(dueAtNanoseconds: nanoseconds) { taken.append(departure) }
        return taken
    }

    @Test("where nobody is to leave nothing comes, ever")
    func nothing() throws {
        var schedule = try Self.schedule()
        let departure = schedule.take(dueAtNanoseconds: .max)
        #expect(schedule.nextNanoseconds == nil)
        #expect(departure == nil)
    }

    @Test("all departures come in one order: by their times, a storm before churn and churn before who vanishes")
    func order() throws {
        var schedule = try Self.schedule(churn: 2, vanish: 4, storms: ["500ms:50%"])
        let taken = Self.takeAll(&schedule, until: 999_999_999)
        let wave = try StormWave(parsing: "500ms:50%")
        #expect(taken == [.churn, .vanish, .vanish, .storm(wave), .churn, .vanish, .vanish])
        #expect(schedule.nextNanoseconds == 1_000_000_000)
    }

    @Test("nothing comes before its time, and what comes late comes once")
    func due() throws {
        var schedule = try Self.schedule(storms: ["1s:10%"])
        let early = schedule.take(dueAtNanoseconds: 999_999_999)
        #expect(early == nil)
        #expect(schedule.nextNanoseconds == 1_000_000_000)
        let late = Self.takeAll(&schedule, until: 5_000_000_000)
        let wave = try StormWave(parsing: "1s:10%")
        #expect(late == [.storm(wave)])
        #expect(schedule.nextNanoseconds == nil)
    }

    @Test("their number depends on the plan, not on how often one looks", arguments: [1, 7, 1000] as [UInt64])
    func number(looks: UInt64) throws {
        var schedule = try Self.schedule(churn: 50, vanish: 20, storms: ["100ms:1%", "200ms:1%"])
        let last: UInt64 = 1_999_999_999
        var taken: [Departure] = []
        for look in 1...looks { taken += Self.takeAll(&schedule, until: last / looks * look) }
        taken += Self.takeAll(&schedule, until: last)
        #expect(taken.count { $0 == .churn } == 100)
        #expect(taken.count { $0 == .vanish } == 40)
        #expect(taken.count == 142)
    }
}
