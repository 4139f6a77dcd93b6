import Glibc
import Recording
import Testing

@Suite("HistogramLog")
struct HistogramLogTests {
    /// 2026-02-03T04:05:06.789Z.
    private static let start: Int64 = 1_770_091_506_789

    private static func histogram() -> LatencyHistogram {
        let histogram = LatencyHistogram()
        for value in 1...1_000 as ClosedRange<UInt64> { histogram.record(value * 1_000) }
        return histogram
    }

    @Test("the head names the format, the times and the columns")
    func header() {
        let expected = """
            #[Histogram log format version 1.3]
            #[BaseTime: 1770091506.789 (seconds since epoch)]
            #[StartTime: 1770091506.789 (seconds since epoch), 2026-02-03T04:05:06.789Z]
            "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"

            """
        #expect(HistogramLog.header(startMilliseconds: Self.start) == expected)
    }

    @Test("a line has the tag, the times in seconds, the largest value in milliseconds, and the histogram")
    func line() throws {
        let histogram = Self.histogram()
        let line = HistogramLog.line(
            tag: "latency", offsetMilliseconds: 12_005, lengthMilliseconds: 1_000, histogram)
        let most = HumanFormat.decimal(Double(histogram.max) / 1e6, places: 3)
        #expect(line.hasPrefix("Tag=latency,12.005,1.000,\(most),HISTFAAA"))
        #expect(line.hasSuffix("\n"))
        let text = try #require(line.dropLast().split(separator: ",").last)
        #expect(try LatencyHistogram.decodedV2(String(text)).summary() == histogram.summary())
    }

    @Test("an interval without a value has a line too, and times before the start count as the start")
    func emptyInterval() {
        let line = HistogramLog.line(
            tag: "t", offsetMilliseconds: -5, lengthMilliseconds: 40, LatencyHistogram())
        #expect(line.hasPrefix("Tag=t,0.000,0.040,0.000,HISTFAAA"))
    }

    @Test("Python's reader finds the intervals", .enabled(if: Python.imports("hdrh.log")))
    func python() throws {
        let histogram = Self.histogram()
        var name = Array("/tmp/broadside-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        try #require(descriptor >= 0)
        defer {
            unlink(&name)
            close(descriptor)
        }
        let text =
            HistogramLog.header(startMilliseconds: Self.start)
            + HistogramLog.line(tag: "latency", offsetMilliseconds: 0, lengthMilliseconds: 1_000, histogram)
            + HistogramLog.line(
                tag: "scheduleLag", offsetMilliseconds: 1_000, lengthMilliseconds: 500, LatencyHistogram())
        let bytes = Array(text.utf8)
        #expect(write(descriptor, bytes, bytes.count) == bytes.count)
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let script = """
            from hdrh.log import HistogramLogReader
            from hdrh.histogram import HdrHistogram
            reader = HistogramLogReader('\(path)', HdrHistogram(1, 3600000000000, 3))
            for _ in range(3):
                h = reader.get_next_interval_histogram()
                if h is not None:
                    print(h.get_tag(), h.get_total_count(), h.get_max_value(),
                          round(h.get_start_time_stamp()), round(h.get_end_time_stamp()))
            """
        let output = try #require(Python.output(of: script))
        let expected = [
            "latency 1000 \(histogram.max) \(Self.start) \(Self.start + 1_000)",
            "scheduleLag 0 0 \(Self.start + 1_000) \(Self.start + 1_500)",
        ]
        #expect(output.split(separator: "\n").map(String.init) == expected)
    }
}
