import Testing

@testable import Bench

@Suite("RateSearch")
struct RateSearchTests {
    /// Runs a search against a system that holds every rate up to `capacity`.
    private func search(capacity: Double, start: Double = 10_000) -> (tried: [Double], held: Double?) {
        var search = RateSearch(startPerSecond: start)
        var tried: [Double] = []
        while let rate = search.nextPerSecond {
            tried.append(rate)
            search.record(holds: rate <= capacity)
            if tried.count > 100 { break }
        }
        return (tried, search.heldPerSecond)
    }

    @Test("doubles, halves the gap three times, then confirms the highest rate that held")
    func findsTheHighestRate() {
        let (tried, held) = search(capacity: 27_000)
        #expect(tried == [10_000, 20_000, 40_000, 30_000, 25_000, 27_500, 25_000])
        #expect(held == 25_000)
    }

    @Test("a first rate that does not hold ends the search without a result")
    func failsAtOnce() {
        let (tried, held) = search(capacity: 5_000)
        #expect(tried == [10_000])
        #expect(held == nil)
    }

    @Test("a rate that holds for a second but not in the confirmation is stepped down, three times at the most")
    func stepsDown() {
        var search = RateSearch(startPerSecond: 10_000)
        var confirmations: [Double] = []
        while let rate = search.nextPerSecond {
            if search.isConfirming {
                confirmations.append(rate)
                search.record(holds: confirmations.count == 3)
            } else {
                search.record(holds: rate < 20_000)
            }
        }
        #expect(confirmations == [18_750, 16_875, 15_188])
        #expect(search.heldPerSecond == 15_188)
    }

    @Test("a system without a limit ends the search as well")
    func endsAtTheTop() {
        let (tried, held) = search(capacity: .infinity)
        #expect(tried.count < 20)
        #expect((held ?? 0) <= 10_000_000)
        #expect((held ?? 0) > 5_000_000)
    }
}
