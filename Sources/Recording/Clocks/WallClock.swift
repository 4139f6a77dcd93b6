import Glibc

/// The time of day, for what people and other machines read; measurements use `MonotonicInstant`.
package enum WallClock {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package static func millisecondsSinceEpoch() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z (`CLOCK_REALTIME`): to compare with the kernel's own stamps. The clock
    /// may be set back or forth at any time.
    package static func nanosecondsSinceEpoch() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.totalNanoseconds
    }

    /// ISO 8601 in UTC with milliseconds, as in `2026-02-03T04:05:06.789Z`.
    ///
    /// - Parameter milliseconds: since the epoch; times before it are fine, years stay within 0...9999.
    package static func iso8601(millisecondsSinceEpoch milliseconds: Int64 = millisecondsSinceEpoch())
        -> String
    {
        var remainder = milliseconds % 1_000
        var seconds = time_t(milliseconds / 1_000)
        if remainder < 0 {
            remainder += 1_000
            seconds -= 1
        }
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let date =
            "\(padded(parts.tm_year + 1_900, 4))-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
        let time = "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
        return "\(date)T\(time).\(padded(Int32(remainder), 3))Z"
    }

    /// An HTTP date (IMF-fixdate, RFC 9110 §5.6.7), as in `Tue, 03 Feb 2026 04:05:06 GMT`.
    package static func httpDate(millisecondsSinceEpoch milliseconds: Int64 = millisecondsSinceEpoch()) -> String {
        var seconds = time_t(milliseconds / 1_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][Int(parts.tm_wday)]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let date = "\(padded(parts.tm_mday, 2)) \(months[Int(parts.tm_mon)]) \(padded(parts.tm_year + 1_900, 4))"
        let time = "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
        return "\(day), \(date) \(time) GMT"
    }

    private static func padded(_ number: Int32, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
