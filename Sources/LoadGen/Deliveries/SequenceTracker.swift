/// What one client has got of one publisher's messages: each exactly once, and in which order.
///
/// Invariants: `firstExpected <= next`; `missing` is sorted, its ranges are not empty, do not touch, and lie
/// within `firstExpected..<next`. So a sequence is missing, received, expected later (`next` and up) or never
/// expected.
///
/// Bounds: 24 bytes, and 16 more per gap in what has arrived. `UInt64.max` is no sequence. Cost: in order,
/// one comparison and no memory beyond these 24 bytes; out of order a binary search among the gaps.
package struct SequenceTracker {
    /// How an arrival relates to those before it.
    package enum Outcome: Equatable, Sendable {
        /// The one expected next.
        case inOrder
        /// A first copy, with `missed` messages before it that have not arrived.
        case afterGap(missed: UInt64)
        /// A first copy that arrives after a later message.
        case late
        /// Arrived before.
        case duplicate
        /// From before the client was expected to receive.
        case early
    }

    /// The first message that counts for the client.
    package let firstExpected: UInt64
    /// One past the latest message that has arrived; at first `firstExpected`.
    package private(set) var next: UInt64
    /// Messages before `next` that have not arrived; empty nearly always.
    private var missing: [Range<UInt64>] = []

    package init(firstExpected: UInt64) {
        self.firstExpected = firstExpected
        self.next = firstExpected
    }

    /// Takes note of an arrival. Any number is safe, but the caller keeps out those that were never
    /// published: one invented high number would make everything after it late.
    @inline(__always)
    package mutating func receive(_ sequence: UInt64) -> Outcome {
        guard sequence == next, sequence != .max else { return receiveOutOfOrder(sequence) }
        next = sequence &+ 1
        return .inOrder
    }

    /// Whether the message is expected, now or later, and has not arrived.
    package func isOutstanding(_ sequence: UInt64) -> Bool {
        sequence >= next || gapIndex(of: sequence) != nil
    }

    /// The messages expected and not arrived, of those published so far, in order.
    ///
    /// - Parameter published: one past the last message published.
    package func outstanding(below published: UInt64) -> [Range<UInt64>] {
        published > next ? missing + [next..<published] : missing
    }

    /// Kept out of line, so that the common case stays small where it is inlined.
    @inline(never)
    private mutating func receiveOutOfOrder(_ sequence: UInt64) -> Outcome {
        if sequence < firstExpected || sequence == .max { return .early }
        if sequence > next {
            let missed = sequence - next
            missing.append(next..<sequence)
            next = sequence + 1
            return .afterGap(missed: missed)
        }
        guard let index = gapIndex(of: sequence) else { return .duplicate }
        closeGap(at: index, sequence: sequence)
        return .late
    }

    /// The index of the gap that `sequence` lies in; nil if it lies in none.
    private func gapIndex(of sequence: UInt64) -> Int? {
        var low = 0
        var high = missing.count
        while low < high {
            let middle = (low + high) / 2
            if missing[middle].upperBound <= sequence { low = middle + 1 } else { high = middle }
        }
        return low < missing.count && missing[low].contains(sequence) ? low : nil
    }

    /// Takes `sequence` out of the gap it lies in.
    private mutating func closeGap(at index: Int, sequence: UInt64) {
        let before = missing[index].lowerBound..<sequence
        let after = (sequence + 1)..<missing[index].upperBound
        switch (before.isEmpty, after.isEmpty) {
        case (true, true): missing.remove(at: index)
        case (true, false): missing[index] = after
        case (false, true): missing[index] = before
        case (false, false):
            missing[index] = before
            missing.insert(after, at: index + 1)
        }
    }
}
