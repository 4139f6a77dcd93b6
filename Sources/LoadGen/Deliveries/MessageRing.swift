/// The messages of one publisher from its oldest outstanding one on, found by sequence number.
///
/// A ring of a power of two entries, which doubles when full. Messages complete in any order; the oldest end
/// moves over the completed ones. So one message that never completes keeps all later ones in memory until it
/// is expired.
///
/// Invariants: `oldest <= next`; the entries of `oldest..<next` are valid, all others are uninitialised or
/// stale; if `oldest < next`, the message `oldest` is outstanding. Unknown sequences are answered with nil or
/// false.
///
/// Owner: the load loop's thread. Bounds: 40 bytes, and 32 for each message in `oldest..<next`, nothing
/// before the first. Cost: one entry looked at, amortised constant.
package struct MessageRing: ~Copyable {
    private struct Entry {
        var intendedNanoseconds: UInt64
        var sentNanoseconds: UInt64
        /// `UInt64.max` until the first arrival.
        var firstArrivalNanoseconds: UInt64
        /// Deliveries outstanding; 0: the message is over.
        var remaining: UInt32
        /// A client left without the message.
        var hasBeenWithdrawn: Bool
    }

    /// What an expiry took off the ring.
    package struct Expiry {
        package var messages: UInt64 = 0
        package var countedDeliveries: UInt64 = 0
    }

    private static let initialCapacity: UInt64 = 4

    /// Owned by this ring, `capacity` long; nil as long as nothing was published.
    ///
    /// A bare pointer, as an array in a ring in a ledger would be checked for uniqueness and bounds at each
    /// level with every delivery.
    private var entries: UnsafeMutablePointer<Entry>?
    /// 0 or a power of two.
    private var capacity: UInt64 = 0
    /// The oldest outstanding message, or `next`.
    package private(set) var oldest: UInt64 = 0
    /// The number of messages published, and the next sequence number.
    package private(set) var next: UInt64 = 0
    /// The first message that counts; those before it belong to the warm-up.
    package private(set) var firstCounted: UInt64 = .max

    package init() {}

    deinit {
        // Entries are trivial: nothing to deinitialise.
        entries?.deallocate()
    }

    /// The intended send time of the oldest outstanding message, if there is one.
    package var oldestIntendedNanoseconds: UInt64? {
        // By the invariant the entry of `oldest` is valid.
        oldest < next ? entry(oldest)?.pointee.intendedNanoseconds : nil
    }

    /// Makes the messages published from now on count.
    package mutating func startCounting() {
        firstCounted = min(firstCounted, next)
    }

    /// Adds the next message. One that nobody is expected to receive is over at once.
    package mutating func publish(
        intendedNanoseconds: UInt64, sentNanoseconds: UInt64, expectedDeliveries: UInt32
    )
        -> UInt64
    {
        if next - oldest == capacity { grow() }
        let sequence = next
        next += 1
        // In bounds after growing; assignment to uninitialised memory is fine, as an entry is trivial.
        entry(sequence)?.pointee = Entry(
            intendedNanoseconds: intendedNanoseconds, sentNanoseconds: sentNanoseconds,
            firstArrivalNanoseconds: .max, remaining: expectedDeliveries, hasBeenWithdrawn: false)
        if expectedDeliveries == 0 { advance(over: sequence) }
        return sequence
    }

    /// Takes one delivery off what is outstanding; nil if the message is not, or no longer, outstanding.
    @inline(__always)
    package mutating func deliver(_ sequence: UInt64, atNanoseconds: UInt64) -> Delivery? {
        guard let entry = outstandingEntry(sequence) else { return nil }
        // Valid: outstandingEntry only gives entries within oldest..<next.
        entry.pointee.remaining &-= 1
        let isLast = entry.pointee.remaining == 0
        let first = min(entry.pointee.firstArrivalNanoseconds, atNanoseconds)
        entry.pointee.firstArrivalNanoseconds = first
        let completion =
            isLast && !entry.pointee.hasBeenWithdrawn
            ? Delivery.Completion(firstArrivalNanoseconds: first, lastArrivalNanoseconds: atNanoseconds) : nil
        let delivery = Delivery(
            intendedNanoseconds: entry.pointee.intendedNanoseconds,
            sentNanoseconds: entry.pointee.sentNanoseconds,
            isCounted: sequence >= firstCounted, isLast: isLast, completion: completion)
        if isLast { advance(over: sequence) }
        return delivery
    }

    /// Takes one delivery off that will not come; returns whether it was outstanding and, if so, the message
    /// is over.
    package mutating func withdraw(_ sequence: UInt64) -> (wasOutstanding: Bool, isLast: Bool) {
        guard let entry = outstandingEntry(sequence) else { return (false, false) }
        // Valid: outstandingEntry only gives entries within oldest..<next.
        entry.pointee.remaining -= 1
        entry.pointee.hasBeenWithdrawn = true
        let isLast = entry.pointee.remaining == 0
        if isLast { advance(over: sequence) }
        return (true, isLast)
    }

    /// Gives up on the oldest messages, up to the first outstanding one intended at or after the limit.
    package mutating func expire(intendedBeforeNanoseconds limit: UInt64) -> Expiry {
        var expiry = Expiry()
        // Valid: by the invariant the entry of `oldest` is outstanding whenever oldest < next.
        while let entry = outstandingEntry(oldest), entry.pointee.intendedNanoseconds < limit {
            expiry.messages += 1
            if oldest >= firstCounted { expiry.countedDeliveries += UInt64(entry.pointee.remaining) }
            entry.pointee.remaining = 0
            advance(over: oldest)
        }
        return expiry
    }

    /// Gives up on one message, wherever it stands.
    package mutating func giveUp(_ sequence: UInt64) -> Expiry {
        var expiry = Expiry()
        // Valid: outstandingEntry only gives entries within oldest..<next.
        guard let entry = outstandingEntry(sequence) else { return expiry }
        expiry.messages = 1
        if sequence >= firstCounted { expiry.countedDeliveries = UInt64(entry.pointee.remaining) }
        entry.pointee.remaining = 0
        advance(over: sequence)
        return expiry
    }

    /// Where the entry of a sequence is, or would be; nil before the first message.
    @inline(__always)
    private func entry(_ sequence: UInt64) -> UnsafeMutablePointer<Entry>? {
        // In bounds: the capacity is a power of two, so the mask leaves an index below it.
        entries.map { $0 + Int(truncatingIfNeeded: sequence & (capacity &- 1)) }
    }

    /// The entry of a message with deliveries outstanding; nil for any other sequence.
    @inline(__always)
    private func outstandingEntry(_ sequence: UInt64) -> UnsafeMutablePointer<Entry>? {
        guard sequence >= oldest, sequence < next, let entry = entry(sequence), entry.pointee.remaining > 0
        else {
            return nil
        }
        return entry
    }

    /// Moves the oldest end on, if `sequence`, which is over, was what held it.
    @inline(__always)
    private mutating func advance(over sequence: UInt64) {
        guard sequence == oldest else { return }
        repeat { oldest += 1 } while oldest < next && entry(oldest)?.pointee.remaining == 0
    }

    @inline(never)
    private mutating func grow() {
        let newCapacity = max(Self.initialCapacity, capacity * 2)
        let grown = UnsafeMutablePointer<Entry>.allocate(capacity: Int(newCapacity))
        for sequence in oldest..<next {
            guard let old = entry(sequence) else { break }
            // Both in bounds, by their own masks; old is valid, as sequence is within oldest..<next.
            (grown + Int(sequence & (newCapacity - 1))).initialize(to: old.pointee)
        }
        entries?.deallocate()
        entries = grown
        capacity = newCapacity
    }
}
