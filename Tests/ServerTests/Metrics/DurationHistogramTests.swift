import Testing

@testable import Server

@Suite("DurationHistogram")
struct DurationHistogramTests {
    private static let bounds: [UInt64] = [
        50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
        100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000,
    ]

    /// The bucket that one duration falls into.
    private func bucket(of nanoseconds: UInt64) throws -> Int {
        let histogram = DurationHistogram()
        histogram.record(nanoseconds: nanoseconds)
        let snapshot = histogram.snapshot()
        #expect(snapshot.counts.reduce(0, +) == 1)
        #expect(snapshot.sumNanoseconds == nanoseconds)
        return try #require(snapshot.counts.firstIndex(of: 1))
    }

    @Test("a bound belongs to the bucket below it")
    func edges() throws {
        #expect(DurationHistogram.boundsNanoseconds == Self.bounds)
        for (index, bound) in Self.bounds.enumerated() {
            #expect(try bucket(of: bound - 1) == index)
            #expect(try bucket(of: bound) == index)
            #expect(try bucket(of: bound + 1) == index + 1)
        }
        #expect(try bucket(of: 0) == 0)
        #expect(try bucket(of: .max) == Self.bounds.count)
    }

    @Test("a histogram that nothing was recorded in is empty")
    func empty() {
        let snapshot = DurationHistogram().snapshot()
        #expect(snapshot == DurationSnapshot())
        #expect(snapshot.counts == [UInt64](repeating: 0, count: 16))
        #expect(snapshot.count == 0)
    }

    @Test("durations add up, and a snapshot stays as it was")
    func recording() {
        let histogram = DurationHistogram()
        for nanoseconds in [10, 60_000, 60_001, 3_000_000_000] as [UInt64] {
            histogram.record(nanoseconds: nanoseconds)
        }
        let before = histogram.snapshot()
        histogram.record(nanoseconds: 1)
        #expect(before.counts[0] == 1 && before.counts[1] == 2 && before.counts[15] == 1)
        #expect(before.count == 4)
        #expect(before.sumNanoseconds == 3_000_120_011)
        #expect(histogram.snapshot().count == 5)
        #expect(histogram.snapshot().counts[0] == 2)
    }

    @Test("snapshots of several loops merge bucket by bucket, in any order")
    func merging() {
        let recorded: [[UInt64]] = [[1, 60_000], [], [60_000, 2_600_000_000, 2]]
        let all = DurationHistogram()
        let snapshots = recorded.map { durations in
            let histogram = DurationHistogram()
            for nanoseconds in durations {
                histogram.record(nanoseconds: nanoseconds)
                all.record(nanoseconds: nanoseconds)
            }
            return histogram.snapshot()
        }
        var forwards = DurationSnapshot()
        for snapshot in snapshots { forwards.merge(snapshot) }
        var backwards = DurationSnapshot()
        for snapshot in snapshots.reversed() { backwards.merge(snapshot) }
        #expect(forwards == all.snapshot())
        #expect(backwards == forwards)
        #expect(forwards.count == 5)
    }

    @Test("counts at their end wrap instead of trapping")
    func wrapping() {
        var most = DurationSnapshot()
        most.counts[0] = .max
        most.sumNanoseconds = .max
        var other = DurationSnapshot()
        other.counts[0] = 2
        other.sumNanoseconds = 3
        most.merge(other)
        #expect(most.counts[0] == 1)
        #expect(most.sumNanoseconds == 2)
        most.counts[1] = .max
        #expect(most.count == 0)
    }

    @Test("a reader on another thread never sees more than was recorded")
    func otherThread() throws {
        let histogram = DurationHistogram()
        let counts = try Threads.map(2) { thread in
            if thread == 0 {
                for _ in 0..<100_000 { histogram.record(nanoseconds: 75_000) }
                return [UInt64]()
            }
            return (0..<1_000).map { _ in histogram.snapshot().count }
        }
        #expect(counts[1] == counts[1].sorted())
        #expect(counts[1].allSatisfy { $0 <= 100_000 })
        #expect(histogram.snapshot().counts[1] == 100_000)
        #expect(histogram.snapshot().sumNanoseconds == 7_500_000_000)
    }
}
