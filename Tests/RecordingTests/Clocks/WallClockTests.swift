import Recording
import Testing

@Suite("WallClock")
struct WallClockTests {
    @Test(
        "times read as ISO 8601 in UTC with milliseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_770_091_506_789, "2026-02-03T04:05:06.789Z"),
            (951_782_400_007, "2000-02-29T00:00:00.007Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func iso8601(milliseconds: Int64, expected: String) {
        #expect(WallClock.iso8601(millisecondsSinceEpoch: milliseconds) == expected)
    }

    @Test(
        "dates of HTTP",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777_999, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400_007, "Tue, 29 Feb 2000 00:00:00 GMT"),
        ] as [(Int64, String)])
    func httpDate(milliseconds: Int64, expected: String) {
        #expect(WallClock.httpDate(millisecondsSinceEpoch: milliseconds) == expected)
    }

    @Test("the time of day is later than this test was written")
    func now() {
        #expect(WallClock.millisecondsSinceEpoch() > 1_767_225_600_000)
        #expect(WallClock.iso8601() > "2026")
    }
}
