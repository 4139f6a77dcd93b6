import Recording
import Testing

/// Another implementation reads what we write. Needs `python3` with PyPI's `hdrhistogram`, and is left out
/// where that is not installed.
@Suite("LatencyHistogram in Python", .enabled(if: Python.imports("hdrh.histogram")))
struct PythonHistogramTests {
    /// Records that make ranks whole numbers: Python rounds a rank where others take the next one above.
    @Test("Python finds the same figures", arguments: [1, 1_000, 250_000] as [UInt64])
    func figures(scale: UInt64) throws {
        let histogram = LatencyHistogram()
        for value in 1...2_000 as ClosedRange<UInt64> { histogram.record(value * value * scale / 7) }
        let script = """
            from hdrh.histogram import HdrHistogram
            h = HdrHistogram.decode('\(histogram.encodedV2())')
            print(h.get_total_count(), h.get_min_value(), h.get_max_value(),
                  *[h.get_value_at_percentile(p) for p in (50, 90, 95, 99, 99.9, 100)])
            """
        let output = try #require(Python.output(of: script))
        let found = output.split(whereSeparator: \.isWhitespace).map { UInt64($0) }
        let percentiles = [50, 90, 95, 99, 99.9, 100].map(histogram.percentile)
        #expect(found == [histogram.count, histogram.min, histogram.max] + percentiles)
    }
}
