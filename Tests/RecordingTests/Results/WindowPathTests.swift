import Testing

@testable import Recording

@Suite("WindowPath")
struct WindowPathTests {
    private static let sections = ["latency.", "rates.", "deliveries."]
    /// What is not known second by second.
    private static let ofWholeRun: Set = ["rates.requestedPerSecond", "deliveries.withdrawn"]

    @Test("every figure of a result about latency, rates and deliveries has windows, and no other")
    func complete() {
        let expected = ResultPath.all.map(\.name).filter { name in Self.sections.contains { name.hasPrefix($0) } }
            .filter { !Self.ofWholeRun.contains($0) }
        #expect(Set(WindowPath.all.map(\.name)) == Set(expected))
        #expect(WindowPath.all.count == expected.count)
    }

    @Test(
        "figures are those of all seconds of the window together",
        arguments: [
            ("deliveries.expected", 21), ("deliveries.received", 11), ("deliveries.lost", 3),
            ("deliveries.duplicated", 5), ("deliveries.reordered", 7), ("rates.publishedPerSecond", 6.5),
            ("rates.deliveriesPerSecond", 5.5), ("rates.bytesPerSecond", 50), ("latency.count", 11),
            ("latency.minNanoseconds", 10), ("latency.p50Nanoseconds", 10), ("latency.p90Nanoseconds", 10),
            ("latency.p95Nanoseconds", 20), ("latency.p99Nanoseconds", 20), ("latency.p999Nanoseconds", 20),
            ("latency.maxNanoseconds", 20), ("latency.meanNanoseconds", 11),
        ] as [(String, Double)])
    func figures(name: String, expected: Double) throws {
        var window = WindowFigures()
        window.add(Self.record(published: 6, received: 10, bytes: 40), Self.histogram(10, count: 10))
        window.add(Self.record(published: 7, received: 1, bytes: 60), Self.histogram(20, count: 1))
        window.expected = 21
        window.lost = 3
        window.duplicated = 5
        window.reordered = 7
        #expect(try #require(WindowPath.named(name)).read(window) == expected)
    }

    @Test("a window without deliveries has no latency, one without seconds no rate")
    func nothing() throws {
        let window = WindowFigures()
        #expect(try #require(WindowPath.named("latency.p99Nanoseconds")).read(window) == nil)
        #expect(try #require(WindowPath.named("rates.bytesPerSecond")).read(window) == nil)
        #expect(try #require(WindowPath.named("latency.count")).read(window) == 0)
    }

    @Test("what was added and taken away leaves nothing")
    func removed() {
        var window = WindowFigures()
        let record = Self.record(published: 6, received: 10, bytes: 40)
        let histogram = Self.histogram(10, count: 10)
        window.add(record, histogram)
        window.remove(record, histogram)
        #expect(window.seconds == 0)
        #expect(window.received == 0)
        #expect(window.receivedBytes == 0)
        #expect(window.latency.count == 0)
    }

    static func record(published: Int, received: Int, bytes: Int) -> IntervalRecord {
        IntervalRecord(
            second: 0, published: published, received: received, latencyP50Nanoseconds: nil,
            latencyP99Nanoseconds: nil, connected: 1, durationNanoseconds: 1_000_000_000, receivedBytes: bytes)
    }

    static func histogram(_ value: UInt64, count: Int) -> LatencyHistogram {
        let histogram = LatencyHistogram()
        for _ in 0..<count { histogram.record(value) }
        return histogram
    }
}
