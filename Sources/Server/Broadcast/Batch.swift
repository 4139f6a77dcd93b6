import Synchronization
import WebSocketWire

/// What one loop's turn adds to the streams: messages and changes of subscription, in the order in which they came.
///
/// Filled by its loop, then handed to the sequencer, which writes the results in and marks it as appended; from then
/// on it is the loop's again, to read the results and to use it anew. Its buffers are kept.
///
/// `@unchecked Sendable`: owned by one side at a time as above; `isAppended` hands it back (release and acquire).
final class Batch: @unchecked Sendable {
    enum Item {
        case messages(Run)
        case transition(Transition)
    }

    /// Messages that follow one another to the same streams: appended in one piece, and so at most as many as a segment
    /// holds. One that somebody waits for an answer to stands alone.
    struct Run {
        let streams: StreamSet
        /// Where their plain frames lie in `frames`.
        let offset: Int
        var byteCount = 0
        var frameCount = 0
        var newestFrameOffset: Int
        /// Whom to tell how many clients it was queued for.
        let answer: PendingAnswer?
        /// Where, in `compressedRuns`, the same messages stand for each window that they were compressed for.
        var compressed = 0..<0
        /// Results: the number of clients, and of bytes appended over all streams.
        var recipients = 0
        var appendedBytes = 0

        /// No run at all.
        static var none: Run { Run(streams: [], offset: 0, newestFrameOffset: 0, answer: nil) }
    }

    /// A run's messages for one window: where their frames lie in `compressedFrames`.
    private struct CompressedRun {
        let coding: FrameCoding
        let bytes: Range<Int>
        /// Of the run's bytes.
        let newestFrameOffset: Int
    }

    /// A client joins, changes or leaves a stream.
    struct Transition {
        let connection: Connection
        let from: StreamID?
        let to: StreamID?
        /// What the client is told at that place in the order.
        let answer: [UInt8]
        /// Results: where the old stream ends for this client, where the new one begins.
        var fromEnd: UInt64 = 0
        var fromFrameCount: UInt64 = 0
        var toStart: StreamCursor?
    }

    private static let keptCapacityBytes = 1 << 20
    /// More than that is a flood's, and not kept for the next batch.
    private static let keptItems = 4096

    let loopIndex: Int
    /// What was added, but for the run under way.
    var items: [Item] = []
    private(set) var frames: [UInt8] = []
    private let compressor: MessageCompressor?
    private var compressedFrames: [UInt8] = []
    private var compressedRuns: [CompressedRun] = []
    /// The run that is being added to: without frames, there is none.
    private var openRun = Run.none
    // Allocated in init, never reassigned, freed in deinit.
    private let header = UnsafeMutableRawPointer.allocate(byteCount: FrameWriter.maximumHeaderBytes, alignment: 8)
    /// How many messages were ever serialized here.
    private(set) var serializationCount = 0
    private let isAppended = Atomic<Bool>(false)
    /// The sequencer's queue.
    var nextInQueue: Unmanaged<Batch>?

    /// - Parameter compressor: its loop's, where clients may have messages compressed.
    init(loopIndex: Int, compressor: MessageCompressor? = nil) {
        self.loopIndex = loopIndex
        self.compressor = compressor
    }

    deinit { header.deallocate() }

    var isEmpty: Bool { items.isEmpty && openRun.frameCount == 0 }

    /// Serializes a message: the one time that this is done for it.
    func addMessage(
        _ kind: MessageKind, _ payload: UnsafeRawBufferPointer, to streams: StreamSet, answer: PendingAnswer? = nil
    ) {
        serializationCount += 1
        let offset = frames.count
        let headerBytes = FrameWriter.writeHeader(opcode: kind.opcode, payloadBytes: payload.count, into: header)
        frames.append(contentsOf: UnsafeRawBufferPointer(start: header, count: headerBytes))
        frames.append(contentsOf: payload)
        let frameBytes = frames.count - offset
        if answer != nil || openRun.streams != streams || openRun.byteCount + frameBytes > SegmentPool.blockBytes {
            endRun()
            openRun = Run(streams: streams, offset: offset, newestFrameOffset: offset, answer: answer)
        }
        openRun.byteCount = frames.count - openRun.offset
        openRun.frameCount += 1
        openRun.newestFrameOffset = offset
        if answer != nil { endRun() }
    }

    /// A change of stream at this place in the order.
    func add(_ transition: Transition) {
        endRun()
        items.append(.transition(transition))
    }

    /// Before the batch is handed over: nothing more is added. Its loop's thread.
    func endRun() {
        guard openRun.frameCount > 0 else { return }
        if let compressor { compress(&openRun, compressor) }
        items.append(.messages(openRun))
        openRun = .none
    }

    /// The one time that its messages are compressed for a window.
    private func compress(_ run: inout Run, _ compressor: MessageCompressor) {
        let first = compressedRuns.count
        frames.withUnsafeBytes { frames in
            let plain = UnsafeRawBufferPointer(rebasing: frames[run.offset..<run.offset + run.byteCount])
            compressor.codingsInUse.forEach { coding in
                let start = compressedFrames.count
                let newestFrameOffset = compressor.append(plain, coded: coding, to: &compressedFrames)
                compressedRuns.append(
                    CompressedRun(
                        coding: coding, bytes: start..<compressedFrames.count, newestFrameOffset: newestFrameOffset))
            }
        }
        run.compressed = first..<compressedRuns.count
    }

    /// Calls `body` with the frames of a run, coded like this where the loop has done so and else plain, and with the
    /// offset of the newest one among them.
    func withFrames(of run: Run, coded coding: FrameCoding, _ body: (UnsafeRawBufferPointer, Int) -> Void) {
        if let compressed = compressedRuns[run.compressed].first(where: { $0.coding == coding }) {
            compressedFrames.withUnsafeBytes { frames in
                body(UnsafeRawBufferPointer(rebasing: frames[compressed.bytes]), compressed.newestFrameOffset)
            }
        } else {
            frames.withUnsafeBytes { frames in
                body(
                    UnsafeRawBufferPointer(rebasing: frames[run.offset..<run.offset + run.byteCount]),
                    run.newestFrameOffset - run.offset)
            }
        }
    }

    /// Loop's side: whether the results are in.
    var isBack: Bool {
        // Acquire: pairs with the store in `giveBack`.
        isAppended.load(ordering: .acquiring)
    }

    /// Sequencer's side: the results are in.
    func giveBack() {
        // Release: the results come before.
        isAppended.store(true, ordering: .releasing)
    }

    func clear() {
        openRun = .none
        items.removeAll(keepingCapacity: items.capacity <= Self.keptItems)
        frames.removeAll(keepingCapacity: frames.capacity <= Self.keptCapacityBytes)
        compressedFrames.removeAll(keepingCapacity: compressedFrames.capacity <= Self.keptCapacityBytes)
        compressedRuns.removeAll(keepingCapacity: compressedRuns.capacity <= Self.keptItems)
        isAppended.store(false, ordering: .relaxed)
    }
}
