import Testing

@testable import Bench

@Suite("GatePlan")
struct GatePlanTests {
    private static func series(_ plan: GatePlan, set: Int, takesThousand: Bool = true) -> [String: SliceSeries] {
        let loads = Dictionary(
            uniqueKeysWithValues: GateLoad.allCases.map { ($0.load(openLoopRatePerSecond: 500), $0.rawValue) })
        return Dictionary(
            uniqueKeysWithValues: plan.series(set: set, openLoopRatePerSecond: 500, takesThousand: takesThousand).map {
                (loads[$0.load] ?? "?", $0)
            })
    }

    @Test("a thousand clients are in each fourth set, the other loads in all")
    func loads() {
        let others: Set = ["inFlight1", "inFlight16", "16KiB", "openLoop"]
        for set in 0..<9 {
            let names = Set(Self.series(SampleGate.plan(), set: set).keys)
            #expect(names == (set % 4 == 0 ? others.union(["1000Clients"]) : others))
            #expect(Set(Self.series(SampleGate.plan(), set: set, takesThousand: false).keys) == others)
        }
    }

    @Test(
        "an even number of blocks, at least eight of them, and some before to warm up", arguments: [1, 17, 90, 3_600])
    func blocks(seconds: UInt64) {
        var plan = SampleGate.plan()
        plan.budgetNanoseconds = seconds * 1_000_000_000
        for (name, series) in Self.series(plan, set: 0) {
            #expect(series.blocks >= 8, "\(name)")
            // What is only shown must not keep a gate from its verdict.
            #expect(series.isOptional == (name == "1000Clients"))
            #expect(series.blocks.isMultiple(of: 2), "\(name)")
            #expect(series.warmupBlocks > 0, "\(name)")
        }
    }

    @Test("a set's measuring fits into its share of the budget, and a larger budget measures more in each")
    func scales() {
        var small = SampleGate.plan()
        small.budgetNanoseconds = 30_000_000_000
        #expect(small.setNanoseconds == 1_250_000_000)
        #expect(SampleGate.plan().setNanoseconds == 3_000_000_000)
        for plan in [small, SampleGate.plan()] {
            let nanoseconds = plan.series(set: 0, openLoopRatePerSecond: 500, takesThousand: true).reduce(0) {
                $0 + UInt64($1.blocks + $1.warmupBlocks) * 2 * $1.sliceNanoseconds
            }
            #expect(nanoseconds < plan.setNanoseconds)
            #expect(nanoseconds > plan.setNanoseconds / 2)
        }
        let few = Self.series(small, set: 0)
        for (name, series) in Self.series(SampleGate.plan(), set: 0) {
            #expect(series.blocks > few[name]?.blocks ?? .max, "\(name)")
        }
    }

    @Test(
        "a set is neither too short for its start nor so long that there are few",
        arguments: [(1, 1_200), (600, 3_000)])
    func bounds(seconds: UInt64, milliseconds: UInt64) {
        var plan = SampleGate.plan()
        plan.budgetNanoseconds = seconds * 1_000_000_000
        #expect(plan.setNanoseconds == milliseconds * 1_000_000)
    }

    @Test("both arms have the same rate: half of what goes through one at a time, to two digits, ten at least")
    func openLoopRate() {
        for (closed, expected) in [
            (12_345.0, 6_100.0), (2_000, 1_000), (1_999, 990), (250, 120), (199, 99), (30, 15), (19, 10), (0.5, 10),
            (1_234_567, 610_000),
        ] {
            #expect(GateRun.openLoopRatePerSecond(closedLoopRatePerSecond: closed) == expected)
        }
    }
}
