import WebSocketWire

/// A place in a stream's log: what lies before it has been sent, what lies behind it has not.
///
/// Keeps the memory behind it alive. Used on one thread at a time.
struct StreamCursor {
    private(set) var segment: LogSegment
    private(set) var position: UInt64

    init(segment: LogSegment, position: UInt64) {
        self.segment = segment
        self.position = position
    }

    /// The longest contiguous piece from here on, at most up to `end`, which must be published.
    mutating func piece(upTo end: UInt64) -> UnsafeRawBufferPointer {
        guard position < end else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        seek(to: position)
        let pieceEnd = segment.end(published: end)
        return UnsafeRawBufferPointer(start: segment.pointer(at: position), count: Int(pieceEnd - position))
    }

    /// Moves on to `position`, which must be published and not behind this place.
    mutating func seek(to position: UInt64) {
        self.position = position
        while let successor = segment.successor(at: position) { segment = successor }
    }

    mutating func advance(by count: Int) { position += UInt64(count) }

    /// The frame that this place lies in or at the beginning of: where it ends and its number in the stream.
    ///
    /// Frames describe their own length, so the way there is a walk through the segment: at most its length, for
    /// clients that fell behind only.
    mutating func frame(published end: UInt64) -> (end: UInt64, number: UInt64) {
        seek(to: position)
        var frameStart = segment.startPosition
        var number = segment.firstFrameNumber
        while true {
            let frameBytes = FrameLength.ofUnmaskedFrame(at: segment.pointer(at: frameStart))
            let frameEnd = frameStart + UInt64(frameBytes)
            if frameEnd > position || frameEnd >= end { return (frameEnd, number) }
            frameStart = frameEnd
            number += 1
        }
    }
}
