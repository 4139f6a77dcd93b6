import Testing

@testable import Recording

@Suite("HistogramLayout")
struct HistogramLayoutTests {
    @Test(
        "indices are those of HdrHistogram's layout for three digits",
        arguments: [
            (0, 0), (1, 1), (2_047, 2_047), (2_048, 2_048), (2_049, 2_048), (2_050, 2_049), (4_095, 3_071),
            (4_096, 3_072), (4_099, 3_072), (4_100, 3_073), (8_192, 4_096),
        ] as [(UInt64, Int)])
    func index(value: UInt64, expected: Int) {
        #expect(HistogramLayout.index(of: value) == expected)
    }

    @Test("one hour fits the counts, and no smaller array would do")
    func highest() {
        let index = HistogramLayout.index(of: HistogramLayout.highestValue)
        #expect(index < HistogramLayout.countsLength)
        #expect(index >= HistogramLayout.countsLength - 1_024)
    }

    @Test("ranges join without gap or overlap, and hold their own values")
    func ranges() {
        var next: UInt64 = 0
        for index in 0..<HistogramLayout.countsLength {
            let lowest = HistogramLayout.lowestValue(at: index)
            let highest = HistogramLayout.highestValue(at: index)
            guard lowest == next, HistogramLayout.index(of: lowest) == index,
                HistogramLayout.index(of: highest) == index,
                (lowest...highest).contains(HistogramLayout.medianValue(at: index))
            else {
                Issue.record("index \(index) holds \(lowest)...\(highest) after \(next)")
                return
            }
            next = highest + 1
        }
    }

    @Test("a range is narrower than a thousandth of its values", arguments: [2_048, 33_791, 10_000, 20_000])
    func precision(index: Int) {
        let lowest = HistogramLayout.lowestValue(at: index)
        #expect((HistogramLayout.highestValue(at: index) - lowest) * 1_000 < lowest)
    }
}
