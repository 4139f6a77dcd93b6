import Testing

@testable import Bench

@Suite("WalshAverages")
struct WalshAveragesTests {
    private func allAverages(_ sample: [Double]) -> [Double] {
        sample.indices.flatMap { first in sample[first...].map { (sample[first] + $0) / 2 } }.sorted()
    }

    @Test("the average at each rank is that of all averages sorted, to the last bit", arguments: [1, 2, 3, 8, 25])
    func ranks(count: Int) {
        var noise = Noise(seed: UInt64(count))
        let sample = (0..<count).map { _ in noise.normal() }
        let expected = allAverages(sample)
        let averages = WalshAverages(sample)
        #expect(averages.count == expected.count)
        #expect((1...expected.count).map { averages.value(atRank: $0) } == expected)
    }

    @Test("ties, zeros and opposite signs are ranked like any value")
    func ties() {
        let sample = [0, -1, 1, 1, 0, -3, 3, -0.0]
        let averages = WalshAverages(sample)
        #expect((1...averages.count).map { averages.value(atRank: $0) } == allAverages(sample))
    }

    @Test("there is nothing at a rank outside")
    func outside() {
        #expect(WalshAverages([]).value(atRank: 1) == nil)
        #expect(WalshAverages([1, 2]).value(atRank: 0) == nil)
        #expect(WalshAverages([1, 2]).value(atRank: 4) == nil)
    }
}
