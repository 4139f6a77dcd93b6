import Recording
import Testing

@Suite("LatencyHistogram")
struct LatencyHistogramTests {
    @Test("a new histogram has no figures")
    func empty() {
        let histogram = LatencyHistogram()
        #expect(histogram.count == 0)
        #expect(histogram.min == 0)
        #expect(histogram.max == 0)
        #expect(histogram.mean == 0)
        #expect(histogram.percentile(99) == 0)
        #expect(histogram.summary() == .empty)
    }

    @Test("values below 2,048 are kept exactly")
    func exact() {
        let histogram = LatencyHistogram()
        for value in 1...1_000 as ClosedRange<UInt64> { histogram.record(value) }
        #expect(histogram.count == 1_000)
        #expect(histogram.min == 1)
        #expect(histogram.max == 1_000)
        #expect(histogram.mean == 500.5)
    }

    @Test(
        "a percentile is the nearest rank",
        arguments: [
            (0, 1), (0.1, 1), (50, 500), (90, 900), (99, 990), (99.9, 999), (99.91, 1_000), (100, 1_000),
            (-1, 1), (200, 1_000),
        ] as [(Double, UInt64)])
    func percentile(percentile: Double, expected: UInt64) {
        let histogram = LatencyHistogram()
        for value in 1...1_000 as ClosedRange<UInt64> { histogram.record(value) }
        #expect(histogram.percentile(percentile) == expected)
    }

    @Test("a single record is every percentile", arguments: [0, 1, 50, 99.9, 100])
    func single(percentile: Double) {
        let histogram = LatencyHistogram()
        histogram.record(7)
        #expect(histogram.percentile(percentile) == 7)
    }

    @Test(
        "large values stay within a thousandth",
        arguments: [5_001, 1_000_000, 987_654_321, 3_600_000_000_000])
    func precision(value: UInt64) {
        let histogram = LatencyHistogram()
        histogram.record(value)
        #expect(histogram.min <= value)
        #expect(histogram.max >= value)
        #expect(Double(histogram.max - histogram.min) < Double(value) / 1_000)
        #expect(abs(histogram.mean - Double(value)) < Double(value) / 1_000)
        #expect(histogram.clampedCount == 0)
    }

    @Test(
        "values above an hour count as one hour and as clamped", arguments: [3_600_000_000_001, UInt64.max])
    func clamped(value: UInt64) {
        let histogram = LatencyHistogram()
        let hour = LatencyHistogram()
        histogram.record(value)
        hour.record(3_600_000_000_000)
        #expect(histogram.clampedCount == 1)
        #expect(histogram.count == 1)
        #expect(histogram.max == hour.max)
    }

    @Test("merging gives what recording into one would have given")
    func merge() {
        let left = LatencyHistogram()
        let right = LatencyHistogram()
        let whole = LatencyHistogram()
        for value in stride(from: UInt64(1), to: 10_000_000, by: 977) {
            (value % 3 == 0 ? left : right).record(value)
            whole.record(value)
        }
        right.record(.max)
        whole.record(.max)
        left.merge(right)
        #expect(left.summary() == whole.summary())
        #expect(left.clampedCount == 1)
        #expect(right.count < left.count)
    }

    @Test("what was recorded since a former state remains when that is taken away")
    func subtract() {
        let before = LatencyHistogram()
        let histogram = LatencyHistogram()
        for value in [3, 5_000, .max] as [UInt64] {
            before.record(value)
            histogram.record(value)
        }
        histogram.record(5_000)
        histogram.record(77)
        histogram.subtract(before)
        #expect(histogram.count == 2)
        #expect(histogram.min == 77)
        #expect(histogram.clampedCount == 0)
    }

    @Test("a reset histogram is as new")
    func reset() {
        let histogram = LatencyHistogram()
        histogram.record(5)
        histogram.record(.max)
        histogram.reset()
        #expect(histogram.count == 0)
        #expect(histogram.clampedCount == 0)
        #expect(histogram.summary() == .empty)
    }

    @Test("the summary holds the figures of the histogram")
    func summary() {
        let histogram = LatencyHistogram()
        for value in 1...1_000 as ClosedRange<UInt64> { histogram.record(value) }
        let expected = LatencySummary(
            count: 1_000, minNanoseconds: 1, p50Nanoseconds: 500, p90Nanoseconds: 900, p95Nanoseconds: 950,
            p99Nanoseconds: 990, p999Nanoseconds: 999, maxNanoseconds: 1_000, meanNanoseconds: 501)
        #expect(histogram.summary() == expected)
    }
}
