/// One stream's log: pre-serialized frames, contiguous within a segment, appended and never changed.
///
/// Owned by the sequencer, written by whoever holds its ownership. Appending copies the frame once and allocates only
/// when a segment is full and no used one has come back. A frame never crosses a segment's end; one that is larger
/// than a segment gets one of its own.
struct BroadcastLog {
    private let pool = SegmentPool()
    private var tail: LogSegment
    private(set) var end: UInt64 = 0
    private(set) var frameCount: UInt64 = 0
    private(set) var newestFrameStart: UInt64 = 0

    init() {
        tail = LogSegment(pool: pool, minimumBytes: 0, startPosition: 0, firstFrameNumber: 0)
    }

    /// The place behind everything appended so far.
    var endCursor: StreamCursor { StreamCursor(segment: tail, position: end) }

    mutating func append(_ frame: UnsafeRawBufferPointer) {
        if Int(end - tail.startPosition) + frame.count > tail.capacityBytes { openSegment(frame.count) }
        guard let source = frame.baseAddress else { return }
        tail.pointer(at: end).copyMemory(from: source, byteCount: frame.count)
        newestFrameStart = end
        frameCount += 1
        end += UInt64(frame.count)
    }

    private mutating func openSegment(_ minimumBytes: Int) {
        let successor = LogSegment(
            pool: pool, minimumBytes: minimumBytes, startPosition: end, firstFrameNumber: frameCount)
        tail.close(at: end, successor: successor)
        tail = successor
    }
}
