/// One stream's log: pre-serialized frames, contiguous within a segment, appended and never changed.
///
/// Owned by the sequencer, written by whoever holds its ownership. Appending copies the frames once and allocates only
/// when a segment is full and no used one has come back. Frames that are appended together never cross a segment's end
/// (a round that did would be sent in two parts, and its messages come back in two waves from then on); those that are
/// larger than a segment get one of their own.
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

    /// Appends frames that lie one after another, and keeps them together: one send can carry them all.
    ///
    /// - Parameter newestFrameOffset: where in `bytes` the last of them begins.
    mutating func append(_ bytes: UnsafeRawBufferPointer, frames: Int, newestFrameOffset: Int) {
        if Int(end - tail.startPosition) + bytes.count > tail.capacityBytes { openSegment(bytes.count) }
        guard let source = bytes.baseAddress else { return }
        tail.pointer(at: end).copyMemory(from: source, byteCount: bytes.count)
        newestFrameStart = end + UInt64(newestFrameOffset)
        frameCount += UInt64(frames)
        end += UInt64(bytes.count)
    }

    private mutating func openSegment(_ minimumBytes: Int) {
        let successor = LogSegment(
            pool: pool, minimumBytes: minimumBytes, startPosition: end, firstFrameNumber: frameCount)
        tail.close(at: end, successor: successor)
        tail = successor
    }
}
