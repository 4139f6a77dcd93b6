import Synchronization

/// A piece of a stream's log: whole frames one after another in memory that never moves.
///
/// The sequencer's owner writes behind the published end and nowhere else; loops read only what was published, so no
/// byte is read and written at one time. Segments form a list, oldest first, and are kept by reference count alone: a
/// cursor keeps its segment, a segment keeps the next one. So a segment goes exactly when the last cursor has left it
/// and all before it, and the counts are touched only when a cursor crosses from one segment into the next.
///
/// `@unchecked Sendable`: see above; `next` is written once, before `closedAt` is stored with release, and read only
/// after `closedAt` was loaded with acquire.
final class LogSegment: @unchecked Sendable {
    private static let open = UInt64.max

    let base: UnsafeMutableRawPointer
    let capacityBytes: Int
    /// The position in the stream of the first byte, and the number of the first frame.
    let startPosition: UInt64
    let firstFrameNumber: UInt64

    private let pool: SegmentPool
    private let closedAt = Atomic<UInt64>(LogSegment.open)
    private var next: LogSegment?

    init(pool: SegmentPool, minimumBytes: Int, startPosition: UInt64, firstFrameNumber: UInt64) {
        capacityBytes = max(minimumBytes, SegmentPool.blockBytes)
        base = pool.take(capacityBytes)
        self.pool = pool
        self.startPosition = startPosition
        self.firstFrameNumber = firstFrameNumber
    }

    deinit {
        pool.give(base, capacityBytes)
        // A long list would be released one stack frame a segment; unlink it in a loop instead.
        var rest = next
        next = nil
        while isKnownUniquelyReferenced(&rest) { rest = rest?.unlink() }
    }

    private func unlink() -> LogSegment? {
        defer { next = nil }
        return next
    }

    /// Ends this segment: the stream goes on in `successor`.
    func close(at position: UInt64, successor: LogSegment) {
        next = successor
        // Release: whoever sees the position sees `next` as well.
        closedAt.store(position, ordering: .releasing)
    }

    /// The segment that holds the byte at `position`, where that is no longer this one.
    func successor(at position: UInt64) -> LogSegment? {
        // Acquire: pairs with the store in `close`.
        closedAt.load(ordering: .acquiring) <= position ? next : nil
    }

    /// Where the readable bytes of this segment end, for a reader to whom `published` is readable.
    func end(published: UInt64) -> UInt64 {
        // Acquire: pairs with the store in `close`. A segment closed later than that publication ends behind it.
        min(closedAt.load(ordering: .acquiring), published)
    }

    func pointer(at position: UInt64) -> UnsafeMutableRawPointer {
        base + Int(position - startPosition)
    }
}
