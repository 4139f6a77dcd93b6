import Synchronization

/// Brings the messages of all loops into one total order and appends them to the streams' logs.
///
/// Loops submit batches from any thread and never wait. A batch goes onto a lock-free list; whoever raises `pending`
/// from zero owns the logs and appends until nothing is pending, so a loop that finds the sequencer at work leaves its
/// batch to the present owner and is woken when it is appended. Ownership passes through `pending` with acquire and
/// release, so the logs and the counts below are plain memory that one thread at a time touches.
///
/// Copies: a message's bytes once for each stream with members that carries it, none per client. A stream of compressed
/// clients gets the frames that the accepting loop has compressed for its window; where it has not, since the first such
/// client came only now, the plain ones, which a compressed connection carries as well (RFC 7692 §6). All changes of
/// membership pass through here as well: a client's move from one stream to another stands at one place in the order,
/// and neither loses a message nor sees one twice.
final class Sequencer: @unchecked Sendable {
    // `@unchecked Sendable`: `logs` and the member counts belong to the owner as described above; the rest is atomic
    // or constant.
    let publication: Publication
    private let codings: Int
    /// The windows that clients have, as a `CodingSet`: what messages are compressed for.
    private let windowsInUse = Atomic<UInt8>(0)
    private let pending = Atomic<Int>(0)
    private let newest = Atomic<UInt>(0)
    private var logs: [BroadcastLog]
    private var memberCounts: [Int]
    /// Members of all streams of a coding together.
    private var codingMemberCounts = [Int](repeating: 0, count: FrameCoding.count)
    /// Members of each stream on each loop: who is to be woken.
    private var loopMemberCounts: [[Int]]
    /// The batches being appended, newest first; empty in between.
    private var batches: [Batch] = []
    private let wakeLoop: @Sendable (Int) -> Void

    /// - Parameter isCompressing: whether clients may have messages compressed.
    init(loopCount: Int, isCompressing: Bool = false, wakeLoop: @escaping @Sendable (Int) -> Void) {
        let streamCount = StreamID.count(isCompressing: isCompressing)
        codings = isCompressing ? FrameCoding.count : 1
        publication = Publication(streamCount: streamCount)
        logs = (0..<streamCount).map { _ in BroadcastLog() }
        memberCounts = [Int](repeating: 0, count: streamCount)
        loopMemberCounts = [[Int]](repeating: memberCounts, count: loopCount)
        self.wakeLoop = wakeLoop
    }

    /// What a message that is accepted now is to be compressed for. Any thread; relaxed, since a loop that sees a
    /// change late sends plain frames.
    var codingsInUse: CodingSet { CodingSet(rawValue: windowsInUse.load(ordering: .relaxed)) }

    /// Appends the batch now, or leaves it to the thread that is appending.
    func submit(_ batch: Batch) {
        batch.endRun()
        push(batch)
        // Acquire and release: takes over the logs from the last owner, or hands the pushed batch to the present one.
        guard pending.add(1, ordering: .acquiringAndReleasing).oldValue == 0 else { return }
        var appended = 0
        repeat {
            appended = appendQueued(submitter: batch.loopIndex)
        } while pending.subtract(appended, ordering: .acquiringAndReleasing).newValue > 0
    }

    private func push(_ batch: Batch) {
        let entry = Unmanaged.passRetained(batch)
        let address = UInt(bitPattern: entry.toOpaque())
        var head = newest.load(ordering: .relaxed)
        while true {
            batch.nextInQueue = UnsafeRawPointer(bitPattern: head).map { Unmanaged.fromOpaque($0) }
            // Release: the batch's content and its link come before.
            let (exchanged, current) = newest.compareExchange(
                expected: head, desired: address, ordering: .releasing)
            if exchanged { return }
            head = current
        }
    }

    /// Takes the whole list, appends it oldest first, publishes once. Returns the number of batches.
    private func appendQueued(submitter: Int) -> Int {
        // Acquire: pairs with the release in `push`.
        var entry = UnsafeRawPointer(bitPattern: newest.exchange(0, ordering: .acquiring))
            .map { Unmanaged<Batch>.fromOpaque($0) }
        while let current = entry {
            let batch = current.takeRetainedValue()
            entry = batch.nextInQueue
            batches.append(batch)
        }
        var changed = StreamMask()
        for batch in batches.reversed() { append(batch, &changed) }
        // Given back before it is published: a loop that sees a batch's bytes also finds the batch's results.
        for batch in batches { batch.giveBack() }
        if !changed.isEmpty { publication.publish(logs, changed: changed) }
        for batch in batches where batch.loopIndex != submitter { wakeLoop(batch.loopIndex) }
        for loop in loopMemberCounts.indices where loop != submitter {
            if hasMembers(loop, of: changed) { wakeLoop(loop) }
        }
        defer { batches.removeAll(keepingCapacity: true) }
        return batches.count
    }

    private func append(_ batch: Batch, _ changed: inout StreamMask) {
        for position in batch.items.indices {
            switch batch.items[position] {
            case .messages(var run):
                append(&run, of: batch, &changed)
                batch.items[position] = .messages(run)
            case .transition(var transition):
                apply(&transition, loop: batch.loopIndex)
                batch.items[position] = .transition(transition)
            }
        }
    }

    private func append(_ run: inout Batch.Run, of batch: Batch, _ changed: inout StreamMask) {
        for coding in 0..<codings where codingMemberCounts[coding] > 0 {
            batch.withFrames(of: run, coded: FrameCoding(index: coding)) { bytes, newestFrameOffset in
                for plain in 0..<StreamID.count where run.streams.contains(index: plain) {
                    let stream = coding * StreamID.count + plain
                    guard memberCounts[stream] > 0 else { continue }
                    logs[stream].append(bytes, frames: run.frameCount, newestFrameOffset: newestFrameOffset)
                    run.recipients += memberCounts[stream]
                    run.appendedBytes += bytes.count
                    changed.formUnion(StreamMask(stream))
                }
            }
        }
    }

    private func apply(_ transition: inout Batch.Transition, loop: Int) {
        if let from = transition.from {
            transition.fromEnd = logs[from.index].end
            transition.fromFrameCount = logs[from.index].frameCount
            count(-1, in: from, loop: loop)
        }
        if let to = transition.to {
            transition.toStart = logs[to.index].endCursor
            count(1, in: to, loop: loop)
        }
    }

    private func count(_ change: Int, in stream: StreamID, loop: Int) {
        memberCounts[stream.index] += change
        loopMemberCounts[loop][stream.index] += change
        codingMemberCounts[stream.coding.index] += change
        guard stream.coding != .plain else { return }
        var inUse = codingsInUse
        if codingMemberCounts[stream.coding.index] > 0 {
            inUse.insert(CodingSet(stream.coding))
        } else {
            inUse.remove(CodingSet(stream.coding))
        }
        // Relaxed: see `codingsInUse`; the owner alone stores.
        windowsInUse.store(inUse.rawValue, ordering: .relaxed)
    }

    private func hasMembers(_ loop: Int, of streams: StreamMask) -> Bool {
        loopMemberCounts[loop].indices.contains { streams.contains(index: $0) && loopMemberCounts[loop][$0] > 0 }
    }
}
