import Testing

@testable import Server

@Suite("LogSegment")
struct LogSegmentTests {
    private let pool = SegmentPool()

    private func segment(at start: UInt64, bytes: Int = 0) -> LogSegment {
        LogSegment(pool: pool, minimumBytes: bytes, startPosition: start, firstFrameNumber: 0)
    }

    @Test("an open segment holds every position and has no successor")
    func open() {
        let first = segment(at: 100)
        #expect(first.successor(at: 100) == nil)
        #expect(first.successor(at: 1 << 40) == nil)
        #expect(first.end(published: 150) == 150)
    }

    @Test("a closed segment ends where it was closed; positions from there on are its successor's")
    func closed() {
        let first = segment(at: 100)
        let second = segment(at: 160)
        first.close(at: 160, successor: second)
        #expect(first.successor(at: 159) == nil)
        #expect(first.successor(at: 160) === second)
        #expect(first.end(published: 150) == 150)
        #expect(first.end(published: 200) == 160)
    }

    @Test("a segment is as large as the frame it is opened for, if that is larger than a block")
    func capacity() {
        #expect(segment(at: 0).capacityBytes == SegmentPool.blockBytes)
        #expect(segment(at: 0, bytes: SegmentPool.blockBytes + 1).capacityBytes == SegmentPool.blockBytes + 1)
    }

    @Test("a long list goes with its first segment, without a stack frame for each")
    func longList() {
        var first: LogSegment? = segment(at: 0)
        weak var last: LogSegment?
        var tail = first
        for position in 1...20_000 {
            let next = segment(at: UInt64(position))
            tail?.close(at: UInt64(position), successor: next)
            tail = next
        }
        last = tail
        tail = nil
        #expect(last != nil)
        first = nil
        #expect(first == nil)
        #expect(last == nil)
    }

    @Test("a list that somebody still reads goes up to the segment that is read")
    func sharedList() {
        var first: LogSegment? = segment(at: 0)
        var kept: LogSegment? = segment(at: 10)
        weak var last: LogSegment?
        do {
            let tail = segment(at: 20)
            last = tail
            kept?.close(at: 20, successor: tail)
        }
        if let kept { first?.close(at: 10, successor: kept) }
        first = nil
        #expect(first == nil)
        #expect(kept?.successor(at: 20) != nil)
        #expect(last != nil)
        kept = nil
        #expect(kept == nil)
        #expect(last == nil)
    }
}
