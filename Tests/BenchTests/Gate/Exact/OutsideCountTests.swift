import Testing

@testable import Bench

@Suite("OutsideCount")
struct OutsideCountTests {
    private static func count(_ calls: [Int], reported: [Int] = []) -> OutsideCount {
        OutsideCount(tool: "perf stat", roundsPerBatch: 100, calls: calls, reported: reported)
    }

    @Test(
        "whole calls a round: what happens once in many rounds does not count, what happens in many is no exact count")
    func rounded() {
        #expect(Self.count([10_203, 10_190, 10_212]).counts.exactValue == 102)
        #expect(Self.count([10_203, 10_251]).counts.exactValue == nil)
        // 100.4 in one process and 100.6 in another are no difference of one.
        #expect(Self.count([10_040, 10_041]).counts.exactValue == nil)
    }

    @Test("without a count of the server's own, or with one of other batches, nothing disagrees")
    func foreign() {
        for reported in [[], [1]] {
            let count = Self.count([10_200, 10_200], reported: reported)
            #expect(count.disagreementPerRound == nil)
            #expect(!count.isContradicted)
        }
    }

    @Test("the median batch tells by how much the two are off, so that one second's housekeeping does not count")
    func median() {
        let count = Self.count([10_203, 10_900, 10_198], reported: [10_200, 10_200, 10_200])
        #expect(count.disagreementPerRound == 0.03)
        #expect(!count.isContradicted)
    }

    @Test(
        "more than a tenth of a call a round, in either direction, is a contradiction",
        arguments: [(10, false), (11, true), (-10, false), (-11, true)])
    func contradicted(difference: Int, expected: Bool) {
        #expect(Self.count([10_200 + difference], reported: [10_200]).isContradicted == expected)
    }

    @Test("a contradiction is told with the tool, the direction and how much")
    func text() {
        var figures = SampleGate.figures(
            batches: [:], outside: Self.count([10_300], reported: [10_200]))
        #expect(
            figures.contradiction == "perf stat saw 1.0 system calls a round more than it counted itself")
        figures.outside = Self.count([10_000], reported: [10_200])
        #expect(figures.contradiction?.contains("2.0 system calls a round fewer") == true)
        figures.outside = Self.count([10_200], reported: [10_200])
        #expect(figures.contradiction == nil)
    }

    @Test("a server's own count is that of the median round; where it has none, the kernel's stands")
    func preferred() {
        let figures = SampleGate.figures(
            batches: [.systemCalls: [1, 1], .sends: [100, 100]], outside: Self.count([108, 104]))
        #expect(figures[.systemCalls]?.exactValue == 1)
        #expect(SampleGate.figures(batches: [:], outside: Self.count([200, 200]))[.systemCalls]?.exactValue == 2)
        #expect(figures[.sends]?.exactValue == 100)
        #expect(SampleGate.figures([.systemCalls: 1])[.systemCalls]?.exactValue == 1)
        #expect(figures[.allocations] == nil)
    }
}
