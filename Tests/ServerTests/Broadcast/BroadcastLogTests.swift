import Testing

@testable import Server

@Suite("BroadcastLog")
struct BroadcastLogTests {
    @Test("frames stand one after another, counted and with the newest one's place")
    func positions() {
        var log = BroadcastLog()
        var cursor = log.endCursor
        #expect(log.end == 0)
        log.append(text: "one")
        #expect(log.end == 5)
        #expect(log.newestFrameStart == 0)
        log.append(text: "three")
        #expect(log.end == 12)
        #expect(log.newestFrameStart == 5)
        #expect(log.frameCount == 2)
        #expect(cursor.readPayloads(upTo: log.end) == ["one", "three"])
    }

    @Test("what was appended reads the same across segments, frames larger than a segment among it")
    func segments() {
        var log = BroadcastLog()
        var cursor = log.endCursor
        let sizes = [
            10, SegmentPool.blockBytes - 4, 5, SegmentPool.blockBytes * 3, 100_000, 200_000, 300_000, 7,
        ]
        let texts = sizes.enumerated().map { index, size in String(repeating: "\(index)", count: size) }
        for text in texts { log.append(text: text) }
        #expect(cursor.readPayloads(upTo: log.end) == texts)
        #expect(cursor.position == log.end)
    }

    @Test("a cursor made later begins there")
    func endCursor() {
        var log = BroadcastLog()
        log.append(text: String(repeating: "a", count: SegmentPool.blockBytes))
        var cursor = log.endCursor
        log.append(text: "after")
        #expect(cursor.readPayloads(upTo: log.end) == ["after"])
    }

    @Test("segments are given back when the last cursor has left them")
    func memory() {
        var log = BroadcastLog()
        var slow: StreamCursor? = log.endCursor
        weak let first = slow?.segment
        for _ in 0..<8 { log.append(text: String(repeating: "x", count: SegmentPool.blockBytes / 2 + 1)) }
        weak var middle: LogSegment?
        do {
            var quick = log.endCursor
            _ = quick.piece(upTo: log.end)
            #expect(first != nil)
            guard var walker = slow else { return }
            walker.seek(to: log.end / 2)
            middle = walker.segment
        }
        #expect(middle != nil)
        slow = nil
        #expect(slow == nil)
        #expect(first == nil)
        #expect(middle == nil)
    }

    @Test("a cursor that moves on lets go of the segments behind it")
    func memoryBehind() {
        var log = BroadcastLog()
        var cursor = log.endCursor
        weak let first = cursor.segment
        for _ in 0..<4 { log.append(text: String(repeating: "x", count: SegmentPool.blockBytes)) }
        #expect(first != nil)
        cursor.seek(to: log.end)
        #expect(first == nil)
    }
}
