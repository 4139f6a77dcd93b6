import Recording

/// One loop's batches on their way through the sequencer: one is being filled, those before it are there or back.
///
/// A batch normally goes at the end of the turn that filled it. With a flush interval, one that comes sooner than that
/// after another waits for the rest of it, together with what else comes; the first after a pause waits for nothing, and
/// what fills a segment waits no longer. Batches are used again. Loop's thread only.
struct BatchStaging {
    private let loopIndex: Int
    private let compressor: MessageCompressor?
    private var flushIntervalNanoseconds: UInt64
    private(set) var filling: Batch
    private var submitted: [Batch] = []
    private var spare: [Batch] = []
    private var mayGoAt = MonotonicInstant(nanoseconds: 0)
    /// What is staged waits for the end of the flush interval.
    private(set) var isHeld = false

    init(loopIndex: Int, compressor: MessageCompressor? = nil, flushIntervalNanoseconds: UInt64) {
        self.loopIndex = loopIndex
        self.compressor = compressor
        self.flushIntervalNanoseconds = flushIntervalNanoseconds
        filling = Batch(loopIndex: loopIndex, compressor: compressor)
    }

    /// Batches that are with the sequencer.
    var submittedCount: Int { submitted.count }

    /// How many messages were ever serialized: one each, however many clients and streams it goes to.
    var serializationCount: Int {
        (submitted + spare).reduce(filling.serializationCount) { $0 + $1.serializationCount }
    }

    /// Whether there is something to submit, and now is its time.
    ///
    /// - Parameter hold: called once with the instant from which on it may go, where that is later.
    mutating func isDue(_ now: MonotonicInstant, hold: (MonotonicInstant) -> Void) -> Bool {
        guard !filling.isEmpty else { return false }
        guard flushIntervalNanoseconds > 0 else { return true }
        if now >= mayGoAt || filling.frames.count >= SegmentPool.blockBytes {
            mayGoAt = now.advanced(byNanoseconds: flushIntervalNanoseconds)
            isHeld = false
        } else if !isHeld {
            isHeld = true
            hold(mayGoAt)
        }
        return !isHeld
    }

    /// From now on nothing waits.
    mutating func endHolding() {
        flushIntervalNanoseconds = 0
        isHeld = false
    }

    mutating func submit(to sequencer: Sequencer) {
        submitted.append(filling)
        sequencer.submit(filling)
        filling = spare.popLast() ?? Batch(loopIndex: loopIndex, compressor: compressor)
    }

    /// The oldest batch that is with the sequencer, where its results are in; to be given back with `reuse`.
    mutating func takeBack() -> Batch? {
        guard let batch = submitted.first, batch.isBack else { return nil }
        return submitted.removeFirst()
    }

    mutating func reuse(_ batch: Batch) {
        batch.clear()
        spare.append(batch)
    }
}
