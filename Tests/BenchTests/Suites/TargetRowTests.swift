import Recording
import Testing

@testable import Bench

@Suite("TargetRow")
struct TargetRowTests {
    private func summary(_ nanoseconds: [UInt64]) -> LatencySummary {
        let histogram = LatencyHistogram()
        for value in nanoseconds { histogram.record(value) }
        return histogram.summary()
    }

    private func row(_ nanoseconds: [UInt64], isJudged: Bool = true, reasons: [String] = []) -> TargetRow {
        .latency(
            "broadcast", documentedNanoseconds: 50e6, documented: "about 50 ms", summary: summary(nanoseconds),
            isJudged: isJudged, invalidReasons: reasons)
    }

    @Test("the median decides, however long the longest took")
    func medianDecides() {
        let met = row([1_000_000, 1_000_000, 900_000_000])
        #expect(met.verdict == .met)
        #expect(((met.maxNanoseconds ?? 0) > 890_000_000) == true)
        #expect(abs((met.factor ?? 0) - 50) < 0.1)
        #expect(row([60_000_000, 60_000_000, 1_000_000]).verdict == .notMet)
    }

    @Test("a disturbed measurement is invalid, whether the figure is good or bad")
    func invalidComesFirst() {
        let good = row([1_000_000], reasons: ["generator saturated"])
        #expect(good.verdict == .invalid)
        #expect(good.note.contains("generator saturated"))
        #expect(row([60_000_000], reasons: ["2 deliveries lost"]).verdict == .invalid)
    }

    @Test("a row that is only shown is not judged")
    func shown() {
        #expect(row([60_000_000], isJudged: false).verdict == .shown)
    }

    @Test("without a figure a row is invalid")
    func nothingMeasured() {
        #expect(row([]).verdict == .invalid)
        #expect(row([]).note.contains("nothing was measured"))
    }
}
