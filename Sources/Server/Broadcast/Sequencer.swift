import Synchronization

/// Brings the messages of all loops into one total order and appends them to the streams' logs.
///
/// Loops submit batches from any thread and never wait. A batch goes onto a lock-free list; whoever raises `pending`
/// from zero owns the logs and appends until nothing is pending, so a loop that finds the sequencer at work leaves its
/// batch to the present owner and is woken when it is appended. Ownership passes through `pending` with acquire and
/// release, so the logs and the counts below are plain memory that one thread at a time touches.
///
/// Copies: a message's bytes once for each stream with members that carries it, none per client. All changes of
/// membership pass through here as well: a client's move from one stream to another stands at one place in the order,
/// and neither loses a message nor sees one twice.
final class Sequencer: @unchecked Sendable {
    // `@unchecked Sendable`: `logs` and the member counts belong to the owner as described above; the rest is atomic
    // or constant.
    let publication = Publication()
    private let pending = Atomic<Int>(0)
    private let newest = Atomic<UInt>(0)
    private var logs: [BroadcastLog]
    private var memberCounts = [Int](repeating: 0, count: StreamID.count)
    /// Members of each stream on each loop: who is to be woken.
    private var loopMemberCounts: [[Int]]
    /// The batches being appended, newest first; empty in between.
    private var batches: [Batch] = []
    private let wakeLoop: @Sendable (Int) -> Void

    init(loopCount: Int, wakeLoop: @escaping @Sendable (Int) -> Void) {
        logs = (0..<StreamID.count).map { _ in BroadcastLog() }
        loopMemberCounts = [[Int]](repeating: [Int](repeating: 0, count: StreamID.count), count: loopCount)
        self.wakeLoop = wakeLoop
    }

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
        var changed = StreamSet()
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

    private func append(_ batch: Batch, _ changed: inout StreamSet) {
        batch.frames.withUnsafeBytes { frames in
            for position in batch.items.indices {
                switch batch.items[position] {
                case .messages(var run):
                    append(&run, of: frames, &changed)
                    batch.items[position] = .messages(run)
                case .transition(var transition):
                    apply(&transition, loop: batch.loopIndex)
                    batch.items[position] = .transition(transition)
                }
            }
        }
    }

    private func append(_ run: inout Batch.Run, of frames: UnsafeRawBufferPointer, _ changed: inout StreamSet) {
        let bytes = UnsafeRawBufferPointer(rebasing: frames[run.offset..<run.offset + run.byteCount])
        for stream in 0..<StreamID.count where run.streams.contains(index: stream) {
            guard memberCounts[stream] > 0 else { continue }
            logs[stream].append(
                bytes, frames: run.frameCount, newestFrameOffset: run.newestFrameOffset - run.offset)
            run.recipients += memberCounts[stream]
            run.streamCount += 1
            changed.formUnion(StreamSet(rawValue: 1 << UInt16(stream)))
        }
    }

    private func apply(_ transition: inout Batch.Transition, loop: Int) {
        if let from = transition.from {
            transition.fromEnd = logs[from.index].end
            transition.fromFrameCount = logs[from.index].frameCount
            memberCounts[from.index] -= 1
            loopMemberCounts[loop][from.index] -= 1
        }
        if let to = transition.to {
            transition.toStart = logs[to.index].endCursor
            memberCounts[to.index] += 1
            loopMemberCounts[loop][to.index] += 1
        }
    }

    private func hasMembers(_ loop: Int, of streams: StreamSet) -> Bool {
        (0..<StreamID.count).contains { streams.contains(index: $0) && loopMemberCounts[loop][$0] > 0 }
    }
}
