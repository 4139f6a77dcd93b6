import Testing

@testable import Bench

@Suite("RoundCounts")
struct RoundCountsTests {
    @Test("the median of each batch, so that a timer in one round does not count, less what reading costs")
    func medians() {
        let counts = RoundCounts(rounds: [7, 7, 90, 7, 7, 7, 7, 7, 0, 7], readings: [3, 3, 50], batchSize: 5)
        #expect(counts.batchMedians == [4, 4])
        #expect(counts.exactValue == 4)
        #expect(counts.typicalValue == 4)
    }

    @Test("batches that do not agree make no exact count, and still one to show")
    func disagreement() {
        let counts = RoundCounts(rounds: [5, 5, 5, 6, 6, 6, 9, 9, 9], readings: [], batchSize: 3)
        #expect(counts.batchMedians == [5, 6, 9])
        #expect(counts.exactValue == nil)
        #expect(counts.typicalValue == 6)
    }

    @Test("a batch that is not whole is left out")
    func partial() {
        #expect(RoundCounts(rounds: [5, 5, 5, 9, 9], readings: [], batchSize: 3).batchMedians == [5])
        let none = RoundCounts(rounds: [5, 5], readings: [], batchSize: 3)
        #expect(none.exactValue == nil)
        #expect(none.typicalValue == nil)
    }
}
