import Testing

@testable import Server

@Suite("StreamCursor")
struct StreamCursorTests {
    @Test("a piece ends where the published bytes do")
    func published() {
        var log = BroadcastLog()
        var cursor = log.endCursor
        log.append(text: "one")
        let published = log.end
        log.append(text: "two")
        #expect(cursor.piece(upTo: published).count == 5)
        cursor.advance(by: 5)
        #expect(cursor.piece(upTo: published).isEmpty)
        #expect(cursor.piece(upTo: log.end).count == 5)
    }

    @Test("a piece may begin and end within frames")
    func partial() {
        var log = BroadcastLog()
        var cursor = log.endCursor
        log.append(text: "abcdef")
        cursor.advance(by: 3)
        #expect(Array(cursor.piece(upTo: 6)) == Array("bcd".utf8))
    }

    @Test("a piece ends with its segment, the next one follows")
    func contiguity() {
        var log = BroadcastLog()
        var cursor = log.endCursor
        let half = String(repeating: "h", count: SegmentPool.blockBytes / 2)
        for _ in 0..<3 { log.append(text: half) }
        let frameBytes = Int(log.end) / 3
        var pieces: [Int] = []
        while cursor.position < log.end {
            let piece = cursor.piece(upTo: log.end)
            pieces.append(piece.count)
            cursor.advance(by: piece.count)
        }
        // A header beside two halves of a block does not fit.
        #expect(pieces == [frameBytes, frameBytes, frameBytes])
    }

    @Test(
        "the frame under way is found from anywhere in it, with its number",
        arguments: [
            [3, 200, 0, 70_000, 5], [SegmentPool.blockBytes * 2, 3, SegmentPool.blockBytes - 10, 1],
            [100_000, 100_000, 100_000, 100_000],
        ])
    func frames(sizes: [Int]) {
        var log = BroadcastLog()
        let start = log.endCursor
        var ends: [UInt64] = []
        for size in sizes {
            log.append(text: String(repeating: "s", count: size))
            ends.append(log.end)
        }
        var frameStart: UInt64 = 0
        for (number, end) in ends.enumerated() {
            for position in [frameStart, frameStart + 1, (frameStart + end) / 2, end - 1] {
                var cursor = start
                cursor.seek(to: position)
                let frame = cursor.frame(published: log.end)
                #expect(frame.end == end)
                #expect(frame.number == UInt64(number))
            }
            frameStart = end
        }
    }

    @Test(
        "frame lengths are those that the frame writer gives them",
        arguments: [0, 125, 126, 65535, 65536, 1 << 20])
    func frameLength(payloadBytes: Int) {
        let batch = Batch(loopIndex: 0)
        batch.add(String(repeating: "l", count: payloadBytes), to: .relay)
        batch.frames.withUnsafeBytes { frames in
            guard let base = frames.baseAddress else { return }
            #expect(FrameLength.ofUnmaskedFrame(at: base) == frames.count)
        }
    }
}
