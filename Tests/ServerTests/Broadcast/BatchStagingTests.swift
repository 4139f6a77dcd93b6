import Recording
import Testing

@testable import Server

@Suite("BatchStaging")
struct BatchStagingTests {
    private let start = MonotonicInstant(nanoseconds: 5_000_000_000)
    private let sequencer = Sequencer(loopCount: 1) { _ in }

    private func staging(intervalMicroseconds: UInt64) -> BatchStaging {
        BatchStaging(loopIndex: 0, flushIntervalNanoseconds: intervalMicroseconds * 1_000)
    }

    private func at(_ microseconds: UInt64) -> MonotonicInstant {
        start.advanced(byNanoseconds: microseconds * 1_000)
    }

    /// Whether the batch may go, and until when it was held anew.
    private func ask(_ staging: inout BatchStaging, _ microseconds: UInt64) -> (isDue: Bool, until: MonotonicInstant?) {
        var until: MonotonicInstant?
        let isDue = staging.isDue(at(microseconds)) { until = $0 }
        return (isDue, until)
    }

    @Test("without an interval everything goes at once, and nothing goes where there is nothing")
    func atOnce() {
        var staging = staging(intervalMicroseconds: 0)
        #expect(ask(&staging, 0) == (false, nil))
        staging.filling.add("m", to: .relay)
        #expect(ask(&staging, 0) == (true, nil))
        #expect(ask(&staging, 0) == (true, nil))
    }

    @Test("the first waits for nothing; what comes within the interval waits for its end, and is told so once")
    func held() {
        var staging = staging(intervalMicroseconds: 1_000)
        staging.filling.add("first", to: .relay)
        #expect(ask(&staging, 0) == (true, nil))
        staging.submit(to: sequencer)
        staging.filling.add("second", to: .relay)
        #expect(ask(&staging, 10) == (false, at(1_000)))
        #expect(ask(&staging, 999) == (false, nil))
        #expect(staging.isHeld)
        #expect(ask(&staging, 1_000) == (true, nil))
        #expect(!staging.isHeld)
        staging.submit(to: sequencer)
        staging.filling.add("after a pause", to: .relay)
        #expect(ask(&staging, 9_000) == (true, nil))
    }

    @Test("what fills a segment waits no longer")
    func full() {
        var staging = staging(intervalMicroseconds: 1_000)
        staging.filling.add("first", to: .relay)
        #expect(ask(&staging, 0).isDue)
        staging.submit(to: sequencer)
        staging.filling.add("second", to: .relay)
        #expect(!ask(&staging, 1).isDue)
        staging.filling.add(String(repeating: "x", count: SegmentPool.blockBytes), to: .relay)
        #expect(ask(&staging, 2).isDue)
    }

    @Test("draining ends all waiting")
    func draining() {
        var staging = staging(intervalMicroseconds: 1_000)
        staging.filling.add("first", to: .relay)
        #expect(ask(&staging, 0).isDue)
        staging.submit(to: sequencer)
        staging.filling.add("second", to: .relay)
        #expect(!ask(&staging, 1).isDue)
        staging.endHolding()
        #expect(!staging.isHeld)
        #expect(ask(&staging, 2).isDue)
    }
}
