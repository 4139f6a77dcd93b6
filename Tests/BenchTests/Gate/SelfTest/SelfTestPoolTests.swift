import Glibc
import Testing

@testable import Bench

@Suite("SelfTestPool")
struct SelfTestPoolTests {
    private static func records(
        _ kind: SelfTestKind, _ count: Int, _ verdict: GateVerdict? = nil, seconds: Int = 10
    ) -> [SelfTestRecord] {
        (0..<count).map { SampleSelfTest.record(kind, verdict ?? kind.wanted, seconds: seconds + $0) }
    }

    private static func tally(_ records: [SelfTestRecord], _ kind: SelfTestKind) throws -> SelfTestPool.Tally {
        try #require(SelfTestPool(records).tallies.first { $0.kind == kind })
    }

    @Test("runs are told by kind and verdict, and the median time is that of the wanted ones")
    func tallies() throws {
        let records =
            Self.records(.dearer5, 3, seconds: 20) + Self.records(.dearer5, 2, .inconclusive, seconds: 90)
            + Self.records(.same, 1)
        let tally = try Self.tally(records, .dearer5)
        #expect(tally.runs == 5)
        #expect(tally.count(.regression) == 3)
        #expect(tally.count(.inconclusive) == 2)
        #expect(tally.count(.pass) == 0)
        #expect(tally.medianNanoseconds == 21_000_000_000)
        #expect(try Self.tally(records, .same).runs == 1)
        #expect(try Self.tally(records, .dearer2).medianNanoseconds == nil)
        #expect(SelfTestPool([]).tallies.map(\.kind) == SelfTestKind.allCases)
    }

    @Test("300 runs without an alarm leave 1 % possible, 59 that were all caught 95 %")
    func bounds() throws {
        let same = try Self.tally(Self.records(.same, 300), .same)
        // 1 - 0.05^(1/300) and 0.05^(1/59).
        #expect(abs(same.upperBound(.regression) - (1 - pow(0.05, 1.0 / 300))) < 1e-9)
        #expect(same.upperBound(.regression) < 0.01)
        let caught = try Self.tally(Self.records(.dearer5, 59), .dearer5)
        #expect(abs(caught.lowerBound(.regression) - pow(0.05, 1.0 / 59)) < 1e-9)
        #expect(caught.lowerBound(.regression) > 0.95)
        let none = try Self.tally([], .same)
        #expect(none.upperBound(.regression) == 1)
        #expect(none.lowerBound(.pass) == 0)
    }

    @Test("each goal is just reached where every run comes out as wanted: none is asked in vain")
    func goals() throws {
        for kind in [SelfTestKind.sameBesideNeighbour, .dearer5, .extraAllocation, .extraSystemCall] {
            let tally = try Self.tally(Self.records(kind, kind.goal), kind)
            #expect(tally.lowerBound(kind.wanted) > 0.95)
        }
    }

    @Test("next is who is furthest from the goal, as a share of it")
    func next() {
        let kinds: [SelfTestKind] = [.same, .dearer10]
        #expect(SelfTestPool([]).next(of: kinds) == .same)
        // 1 of 300 is less than 1 of 20, and 16 of 300 more.
        let one = Self.records(.dearer10, 1)
        #expect(SelfTestPool(one + Self.records(.same, 1)).next(of: kinds) == .same)
        #expect(SelfTestPool(one + Self.records(.same, 16)).next(of: kinds) == .dearer10)
        #expect(SelfTestPool(one + Self.records(.same, 16)).next(of: [.same]) == .same)
    }

    @Test("whoever has reached the goal is not asked again; when all have, nobody is")
    func done() {
        let done = Self.records(.dearer10, 20)
        #expect(SelfTestPool(done).next(of: [.dearer10]) == nil)
        #expect(SelfTestPool(done).next(of: [.dearer10, .dearer2]) == .dearer2)
        #expect(SelfTestPool(done).next(of: []) == nil)
    }

    @Test("asked in turn, all kinds come nearer to their goals together")
    func fairness() throws {
        var records: [SelfTestRecord] = []
        for _ in 0..<150 {
            let kind = try #require(SelfTestPool(records).next(of: SelfTestKind.allCases))
            records.append(SampleSelfTest.record(kind, kind.wanted))
        }
        let shares = SelfTestPool(records).tallies.map { Double($0.runs) / Double($0.kind.goal) }
        // Nobody is ahead by more than one run of the kind with the fewest.
        #expect(try #require(shares.max()) - #require(shares.min()) <= 1.0 / 20)
    }

    @Test("asked until nobody is left, every kind has what it takes and no run more")
    func complete() {
        var records = SelfTestKind.allCases.flatMap { Self.records($0, $0.goal - 2) }
        while let kind = SelfTestPool(records).next(of: SelfTestKind.allCases) {
            records.append(SampleSelfTest.record(kind, kind.wanted))
        }
        #expect(SelfTestPool(records).tallies.map(\.runs) == SelfTestKind.allCases.map(\.goal))
    }
}
