import Recording
import Testing

@Suite("PrometheusHistogram")
struct PrometheusHistogramTests {
    @Test("durations of a latency histogram go into the first bucket that takes them")
    func buckets() {
        let histogram = LatencyHistogram()
        for value in [0, 100, 101, 1_000, 1_001, 5_000_000] as [UInt64] { histogram.record(value) }
        let found = PrometheusHistogram(histogram, boundsNanoseconds: [100, 1_000, 10_000])
        #expect(found.counts == [2, 2, 1, 1])
        #expect(found.boundsNanoseconds == [100, 1_000, 10_000])
        #expect((found.sumNanoseconds - 5_002_202).magnitude < 5_003)
    }

    @Test("without a duration all buckets are there and empty")
    func empty() {
        let found = PrometheusHistogram(LatencyHistogram(), boundsNanoseconds: [100, 1_000])
        #expect(found == PrometheusHistogram(boundsNanoseconds: [100, 1_000], counts: [0, 0, 0], sumNanoseconds: 0))
    }

    @Test("written, the buckets are cumulative and in seconds")
    func written() {
        var writer = PrometheusWriter()
        writer.histogram(
            "wait_seconds", help: "h",
            PrometheusHistogram(
                boundsNanoseconds: [500_000_000, 2_000_000_000], counts: [1, 2, 3], sumNanoseconds: 9e9))
        let expected = """
            # HELP wait_seconds h
            # TYPE wait_seconds histogram
            wait_seconds_bucket{le="0.5"} 1
            wait_seconds_bucket{le="2"} 3
            wait_seconds_bucket{le="+Inf"} 6
            wait_seconds_sum 9
            wait_seconds_count 6

            """
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    }
}
