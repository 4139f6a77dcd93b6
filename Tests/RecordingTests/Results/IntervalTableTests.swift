import Recording
import Testing

@Suite("IntervalTable")
struct IntervalTableTests {
    private static let header = """
        second,published,received,latencyP50Nanoseconds,latencyP99Nanoseconds,connected,startedAt,durationNanoseconds,\
        expected,lost,duplicated,reordered,receivedBytes,deliveriesPerSecond,bytesPerSecond,latencyP90Nanoseconds,\
        latencyMaxNanoseconds,scheduleLagP99Nanoseconds,away

        """

    @Test("the columns are those that scripts know, in their order")
    func columns() { #expect(IntervalTable.header() == Self.header) }

    @Test("a row has a cell for each column")
    func row() {
        let interval = IntervalRecord(
            second: 3, published: 100, received: 9_900, latencyP50Nanoseconds: 1_000, latencyP99Nanoseconds: 3_000,
            connected: 99, startedAt: "2026-02-03T04:05:07.789Z", durationNanoseconds: 500_000_000, expected: 9_901,
            lost: 1, duplicated: 2, reordered: 4, receivedBytes: 1_267_200, latencyP90Nanoseconds: 2_000,
            latencyMaxNanoseconds: 4_000, scheduleLagP99Nanoseconds: 5_000, away: 7)
        let expected =
            "3,100,9900,1000,3000,99,2026-02-03T04:05:07.789Z,500000000,9901,1,2,4,1267200,19800.0,2534400.0,2000,"
            + "4000,5000,7\n"
        #expect(IntervalTable.row(interval) == expected)
    }

    @Test("what is unknown is empty")
    func unknown() {
        let interval = IntervalRecord(
            second: 0, published: 1, received: 2, latencyP50Nanoseconds: nil, latencyP99Nanoseconds: nil, connected: 4)
        #expect(IntervalTable.row(interval) == "0,1,2,,,4,,,,,,,,,,,,,\n")
    }

    @Test("an interval of no length has no rate")
    func noLength() {
        let interval = IntervalRecord(
            second: 0, published: 1, received: 2, latencyP50Nanoseconds: nil, latencyP99Nanoseconds: nil, connected: 4,
            durationNanoseconds: 0, receivedBytes: 5)
        #expect(interval.deliveriesPerSecond == nil)
        #expect(interval.bytesPerSecond == nil)
    }
}
