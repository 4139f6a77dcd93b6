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
        /// Where their frames lie in `frames`.
        let offset: Int
        var byteCount = 0
        var frameCount = 0
        var newestFrameOffset: Int
        /// Whom to tell how many clients it was queued for.
        let answer: PendingAnswer?
        /// Results: the number of clients, and of streams it was appended to.
        var recipients = 0
        var streamCount = 0

        /// No run at all.
        static var none: Run { Run(streams: [], offset: 0, newestFrameOffset: 0, answer: nil) }
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

    let loopIndex: Int
    /// What was added, but for the run under way.
    var items: [Item] = []
    private(set) var frames: [UInt8] = []
    /// The run that is being added to: without frames, there is none.
    private var openRun = Run.none
    // Allocated in init, never reassigned, freed in deinit.
    private let header = UnsafeMutableRawPointer.allocate(byteCount: FrameWriter.maximumHeaderBytes, alignment: 8)
    /// How many messages were ever serialized here.
    private(set) var serializationCount = 0
    private let isAppended = Atomic<Bool>(false)
    /// The sequencer's queue.
    var nextInQueue: Unmanaged<Batch>?

    init(loopIndex: Int) { self.loopIndex = loopIndex }

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

    /// Before the batch is handed over: nothing more is added.
    func endRun() {
        guard openRun.frameCount > 0 else { return }
        items.append(.messages(openRun))
        openRun = .none
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
        items.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: frames.capacity <= Self.keptCapacityBytes)
        isAppended.store(false, ordering: .relaxed)
    }
}
