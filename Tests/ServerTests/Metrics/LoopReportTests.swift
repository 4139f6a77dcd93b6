import FoundationEssentials
import Testing

@testable import Server

@Suite("LoopReport")
struct LoopReportTests {
    /// Counters that are all different, as multiples of a scale.
    private func report(scale: UInt64) -> LoopReport {
        var report = LoopReport(loop: 3)
        report.connections = 7
        report.kernelEntries = Int(scale)
        report.turns = 2 * Int(scale)
        report.sends = 3 * Int(scale)
        report.deliveredBytes = 4 * scale
        report.roundDeliveries = 5 * scale
        report.cpuSystemNanoseconds = 6 * scale
        report.allocations = 7 * scale
        report.stalledClients = 2
        return report
    }

    @Test("two reports make the figures of the time between; queues are those of the later one")
    func since() {
        var expected = report(scale: 6)
        #expect(report(scale: 10).since(report(scale: 4)) == expected)
        expected = report(scale: 0)
        #expect(report(scale: 4).since(report(scale: 10)) == expected)
    }

    @Test("reports of several loops add up, also where their counters are at their end")
    func adding() {
        #expect(report(scale: 10).adding(report(scale: 4)) == report(scale: 14))
        var most = LoopReport(loop: 0)
        most.kernelEntries = .max
        most.broadcasts = .max
        _ = most.adding(most)
    }

    @Test("what only one of the two counts is not known")
    func unknown() {
        var without = report(scale: 1)
        without.allocations = nil
        #expect(report(scale: 2).since(without).allocations == nil)
        #expect(without.adding(report(scale: 2)).allocations == nil)
    }

    @Test("a report survives JSON, and has no keys for what it does not know")
    func json() throws {
        let reports = LoopReports(loops: [report(scale: 5)])
        let bytes = reports.serialized()
        #expect(try JSONDecoder().decode(LoopReports.self, from: Data(bytes)) == reports)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains(#""schema":"broadside.loops/1""#))
        #expect(text.contains(#""allocations":35"#))
        #expect(!text.contains("histograms"))
    }

    @Test("the last loop to report has all reports, in order")
    func survey() {
        let survey = LoopSurvey<Int>(loopCount: 3)
        #expect(survey.add(20, of: 2) == nil)
        #expect(survey.add(0, of: 0) == nil)
        #expect(survey.add(10, of: 1) == [0, 10, 20])
    }
}
