import Testing

@testable import Bench

@Suite("LookSchedule")
struct LookScheduleTests {
    /// For each share of the budget that has passed: from where to where the look is that is then due.
    private static func looks(at shares: Double..., last: Double? = nil) -> [[Double]?] {
        var schedule = LookSchedule()
        let looks = shares.map { schedule.due(at: $0, isLast: $0 == last) }
        return looks.map { look in look.map { [$0.from, $0.to] } }
    }

    @Test("a look is due once for each share reached, and counts from the one before")
    func looks() {
        #expect(Self.looks(at: 0.29, 0.31, 0.45, 0.5, 0.5) == [nil, [0, 0.3], nil, [0.3, 0.5], nil])
    }

    @Test("a share that was passed over is part of the next one")
    func passedOver() {
        #expect(Self.looks(at: 0.75, 0.99) == [[0, 0.7], nil])
    }

    @Test("the last look spends the rest, whenever it is, and there is none after it")
    func last() {
        #expect(Self.looks(at: 0.3, 0.32, 1.5, last: 0.32) == [[0, 0.3], [0.3, 1], nil])
        #expect(Self.looks(at: 0.01, last: 0.01) == [[0, 1]])
    }
}
