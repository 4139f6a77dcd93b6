import Testing

@testable import Bench

@Suite("HodgesLehmann")
struct HodgesLehmannTests {
    @Test(
        "the median of the Walsh averages",
        arguments: [([3], 3), ([1, 2], 1.5), ([1, 2, 6], 2.75), ([5, 5, 5, 5], 5)] as [([Double], Double)])
    func known(sample: [Double], expected: Double) {
        #expect(HodgesLehmann.estimate(sample) == expected)
    }

    @Test("an empty sample has no centre")
    func empty() {
        #expect(HodgesLehmann.estimate([]) == nil)
    }

    @Test("a quarter of the values far away moves it by less than their noise")
    func outliers() throws {
        var noise = Noise(seed: 1)
        let clean = (0..<40).map { _ in noise.normal() }
        let spoiled = clean.enumerated().map { $0.offset.isMultiple(of: 4) ? 1e9 : $0.element }
        #expect(abs(try #require(HodgesLehmann.estimate(clean))) < 0.5)
        #expect(abs(try #require(HodgesLehmann.estimate(spoiled))) < 1.5)
    }

    @Test("thousands of values take no memory for their millions of pairs")
    func large() throws {
        let sample = (0..<5_001).map { Double(($0 * 7_919) % 5_001) }
        #expect(HodgesLehmann.estimate(sample) == 2_500)
    }
}
