import Testing

@testable import Bench

@Suite("HistoryAxis")
struct HistoryAxisTests {
    @Test("labels are round numbers")
    func round() {
        let axis = HistoryAxis([97, 108], leastSpan: 4, isCount: false)
        #expect(axis.ticks.map(axis.label) == ["98", "100", "102", "104", "106", "108"])
    }

    @Test("counts have whole labels and no negative ones")
    func counts() {
        let constant = HistoryAxis([0, 0], leastSpan: 2, isCount: true)
        #expect(constant.ticks == [0, 1])
        let many = HistoryAxis([1_048_576], leastSpan: 2, isCount: true)
        #expect(many.ticks.map(many.label) == ["1,048,575", "1,048,576", "1,048,577"])
    }

    @Test("extreme values are drawn somewhere", arguments: [[1e-4, 1e8], [-1e15, 1e15], [5, 5]])
    func extremes(values: [Double]) {
        let axis = HistoryAxis(values, leastSpan: 4, isCount: false)
        #expect(!axis.ticks.isEmpty)
        #expect(values.allSatisfy { (0...1).contains(axis.share($0)) })
    }
}
