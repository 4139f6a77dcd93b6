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
        case message(Message)
        case transition(Transition)
    }

    struct Message {
        let streams: StreamSet
        let offset: Int
        let count: Int
        /// Whom to tell how many clients it was queued for.
        let answer: PendingAnswer?
        /// Result: the number of clients.
        var recipients = 0
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
    var items: [Item] = []
    private(set) var frames: [UInt8] = []
    private let isAppended = Atomic<Bool>(false)
    /// The sequencer's queue.
    var nextInQueue: Unmanaged<Batch>?

    init(loopIndex: Int) { self.loopIndex = loopIndex }

    var isEmpty: Bool { items.isEmpty }

    /// Serializes a message: the one time that this is done for it.
    func addMessage(
        _ kind: MessageKind, _ payload: UnsafeRawBufferPointer, to streams: StreamSet, answer: PendingAnswer? = nil
    ) {
        let offset = frames.count
        let headerBytes = FrameWriter.headerBytes(payloadBytes: payload.count, masked: false)
        withUnsafeTemporaryAllocation(byteCount: FrameWriter.maximumHeaderBytes, alignment: 1) { header in
            guard let base = header.baseAddress else { return }
            _ = FrameWriter.writeHeader(opcode: kind.opcode, payloadBytes: payload.count, into: base)
            frames.append(contentsOf: header[..<headerBytes])
        }
        frames.append(contentsOf: payload)
        let count = headerBytes + payload.count
        items.append(.message(Message(streams: streams, offset: offset, count: count, answer: answer)))
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
        items.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: frames.capacity <= Self.keptCapacityBytes)
        isAppended.store(false, ordering: .relaxed)
    }
}
