/// The text of a histogram log: one line for each interval and histogram, in HdrHistogram's log format 1.3
/// (`HistogramLogWriter`), which `HistogramLogProcessor`, HistogramLogAnalyzer and the readers of other languages read.
///
/// Values are nanoseconds; the largest of an interval, which its line repeats for people, is in milliseconds, as the
/// format's default has it. Times are seconds since the base time, which is the start time, to the millisecond.
package enum HistogramLog {
    /// The lines at the beginning of a file.
    ///
    /// - Parameter startMilliseconds: since 1970, ≥ 0.
    package static func header(startMilliseconds: Int64) -> String {
        let start = seconds(max(0, startMilliseconds))
        let date = WallClock.iso8601(millisecondsSinceEpoch: startMilliseconds)
        return """
            #[Histogram log format version 1.3]
            #[BaseTime: \(start) (seconds since epoch)]
            #[StartTime: \(start) (seconds since epoch), \(date)]
            "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"

            """
    }

    /// The line of an interval for one of its histograms.
    ///
    /// - Parameters:
    ///   - tag: which histogram; no comma, white space or line end.
    ///   - offsetMilliseconds: where the interval began, since the start time.
    package static func line(
        tag: String, offsetMilliseconds: Int64, lengthMilliseconds: Int64, _ histogram: LatencyHistogram
    ) -> String {
        let start = seconds(max(0, offsetMilliseconds))
        let length = seconds(max(0, lengthMilliseconds))
        let most = HumanFormat.decimal(Double(histogram.max) / 1e6, places: 3)
        return "Tag=\(tag),\(start),\(length),\(most),\(histogram.encodedV2())\n"
    }

    /// By digits, since a double of the seconds since 1970 has no more than six decimals and prints as it likes.
    private static func seconds(_ milliseconds: Int64) -> String {
        let fraction = String(milliseconds % 1_000)
        return "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}
