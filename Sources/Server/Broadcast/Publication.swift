import Synchronization

/// How far each stream's log may be read, published as one consistent picture of all streams.
///
/// One writer at a time (the sequencer's owner), any number of readers, no waiting: a version counter that is odd
/// while the writer is at it. A reader that meets the writer gets nothing, keeps the picture it has and has to come
/// again by itself: the writer wakes those whom its own change concerns, and the reader may have missed an earlier one.
/// The orderings stand on the atomics themselves: each figure is stored with release
/// behind the odd version and loaded with acquire before the version is read again, so a reader that saw any new
/// figure also sees that the version moved.
final class Publication: Sendable {
    struct StreamEnd: Equatable {
        var position: UInt64 = 0
        var newestFrameStart: UInt64 = 0
        var frameCount: UInt64 = 0
    }

    /// What a reader found.
    enum Reading {
        case new
        case unchanged
        /// The writer is at it: nothing was read.
        case busy
    }

    private static let figuresPerStream = 3

    private let streamCount: Int
    private let version = Atomic<UInt64>(0)
    // Allocated once and never moved: `Atomic` cannot stand in an array. The pointer itself never changes.
    private nonisolated(unsafe) let figures: UnsafeMutablePointer<Atomic<UInt64>>

    init(streamCount: Int = StreamID.count) {
        self.streamCount = streamCount
        figures = ZeroedAtomics.allocate(streamCount * Self.figuresPerStream)
    }

    deinit {
        ZeroedAtomics.free(figures)
    }

    /// The sequencer's owner only: publishes the logs' ends, of the streams in `changed`.
    func publish(_ logs: [BroadcastLog], changed: StreamMask) {
        let current = version.load(ordering: .relaxed)
        version.store(current + 1, ordering: .relaxed)
        changed.forEach { stream in
            let base = figures + stream * Self.figuresPerStream
            base[0].store(logs[stream].end, ordering: .releasing)
            base[1].store(logs[stream].newestFrameStart, ordering: .releasing)
            base[2].store(logs[stream].frameCount, ordering: .releasing)
        }
        // Release: the log's bytes and the figures come before the even version.
        version.store(current + 2, ordering: .releasing)
    }

    /// Brings the picture up to date where there is something new.
    func read(into picture: inout StreamPicture) -> Reading {
        // Acquire: pairs with the last store in `publish`; the log's bytes are readable from here on.
        let before = version.load(ordering: .acquiring)
        guard before != picture.version else { return .unchanged }
        guard before & 1 == 0 else { return .busy }
        for stream in 0..<streamCount {
            let base = figures + stream * Self.figuresPerStream
            picture.fresh[stream] = StreamEnd(
                position: base[0].load(ordering: .acquiring),
                newestFrameStart: base[1].load(ordering: .acquiring),
                frameCount: base[2].load(ordering: .acquiring))
        }
        guard version.load(ordering: .relaxed) == before else { return .busy }
        swap(&picture.ends, &picture.fresh)
        picture.version = before
        return .new
    }
}
