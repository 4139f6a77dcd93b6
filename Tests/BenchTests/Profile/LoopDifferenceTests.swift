import Recording
import Server
import Testing

@testable import Bench

@Suite("LoopDifference")
struct LoopDifferenceTests {
    /// A loop whose counters are multiples of a scale.
    private static func report(_ loop: Int, scale: UInt64, stages: [UInt64] = []) -> LoopReport {
        var report = LoopReport(loop: loop)
        report.kernelEntries = Int(scale)
        report.sends = 2 * Int(scale)
        report.broadcasts = 3 * scale
        report.cpuUserNanoseconds = 4 * scale
        report.allocations = 5 * scale
        report.stalledClients = Int(scale)
        let histogram = LatencyHistogram()
        for stage in stages { histogram.record(stage) }
        report.histograms = ["stage": histogram.encodedV2()]
        return report
    }

    @Test("the sum over the loops of what came between, less what a reading costs")
    func difference() throws {
        let difference = try #require(
            try LoopDifference(
                before: [Self.report(0, scale: 100, stages: [7]), Self.report(1, scale: 200)],
                after: [Self.report(0, scale: 150, stages: [7, 9, 11]), Self.report(1, scale: 270, stages: [13])],
                idle: (
                    [Self.report(0, scale: 10), Self.report(1, scale: 10)],
                    [Self.report(0, scale: 12), Self.report(1, scale: 13)]
                )))
        #expect(difference.loops.map(\.kernelEntries) == [50, 70])
        #expect(difference.total.kernelEntries == 115)
        #expect(difference.total.sends == 230)
        #expect(difference.total.broadcasts == 345)
        #expect(difference.total.allocations == 575)
        // The time of a reading is not taken away: it lies outside of what is measured.
        #expect(difference.total.cpuUserNanoseconds == 480)
        let stage = try #require(difference.histograms["stage"])
        #expect(stage.count == 3)
        #expect(stage.min == 9)
        #expect(stage.max == 13)
    }

    @Test("loops that do not match have no difference")
    func mismatch() throws {
        let one = [Self.report(0, scale: 1)]
        let two = one + [Self.report(1, scale: 1)]
        #expect(try LoopDifference(before: one, after: two, idle: (one, one)) == nil)
        #expect(try LoopDifference(before: [], after: [], idle: ([], [])) == nil)
    }

    @Test("a server that was started anew does not make figures below zero")
    func goneBack() throws {
        let before = [Self.report(0, scale: 100)]
        let after = [Self.report(0, scale: 1)]
        #expect(try LoopDifference(before: before, after: after, idle: (after, after))?.total.kernelEntries == 0)
    }

    @Test("a histogram that cannot be read is an error")
    func damaged() {
        var damaged = Self.report(0, scale: 1)
        damaged.histograms = ["stage": "!"]
        #expect(throws: HistogramDecodingError.self) {
            try LoopDifference(before: [damaged], after: [damaged], idle: ([damaged], [damaged]))
        }
    }
}
