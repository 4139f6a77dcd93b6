/// Every message that some client has yet to receive, of all publishers of a load loop.
///
/// A publisher's messages are numbered from 0. The ledger counts deliveries of a message and does not know
/// the clients: that no client's copy is counted twice is the business of its `SequenceTracker`s.
///
/// Invariant: `outstandingCount` is the number of messages with deliveries outstanding, of the warm-up or
/// not. Publishers and sequences that a peer sends are safe whatever their value; those given to `publish`
/// are the program's own.
///
/// Owner: the load loop's thread. Bounds: 40 bytes a publisher, and 32 for each message from a publisher's
/// oldest outstanding one on. Cost: one ring and one entry looked at per call, where not said otherwise.
package struct MessageLedger: ~Copyable {
    package let publisherCount: Int
    /// Messages with deliveries outstanding.
    package private(set) var outstandingCount = 0
    /// Whether messages published now count; those before belong to the warm-up.
    package private(set) var isCounting = false

    /// Owned by this ledger, `publisherCount` long, all initialised: an array cannot hold rings, which are
    /// not copyable.
    private let rings: UnsafeMutablePointer<MessageRing>

    package init(publisherCount: Int) {
        precondition((0...Int(Stamp.publisherLimit)).contains(publisherCount), "too many publishers")
        self.publisherCount = publisherCount
        rings = .allocate(capacity: publisherCount)
        for publisher in 0..<publisherCount { (rings + publisher).initialize(to: MessageRing()) }
    }

    deinit {
        rings.deinitialize(count: publisherCount)
        rings.deallocate()
    }

    /// Makes the messages published from now on count. Once; calls after the first are without effect.
    package mutating func startCounting() {
        isCounting = true
        for publisher in 0..<publisherCount { rings[publisher].startCounting() }
    }

    /// Adds a publisher's next message and returns its sequence number.
    ///
    /// - Parameters:
    ///   - publisher: within 0..<`publisherCount`.
    ///   - intendedNanoseconds: since the run's start, not before that of the publisher's last message.
    ///   - sentNanoseconds: since the run's start.
    ///   - expectedDeliveries: how many clients are to receive it; of 0 the message is over at once.
    package mutating func publish(
        publisher: Int, intendedNanoseconds: UInt64, sentNanoseconds: UInt64, expectedDeliveries: Int
    ) -> UInt64 {
        precondition((0..<publisherCount).contains(publisher), "no such publisher")
        if expectedDeliveries > 0 { outstandingCount += 1 }
        // In bounds by the precondition.
        return rings[publisher].publish(
            intendedNanoseconds: intendedNanoseconds, sentNanoseconds: sentNanoseconds,
            expectedDeliveries: UInt32(expectedDeliveries))
    }

    /// Notes that one more client has a message; nil if it was never published, is complete or has been given
    /// up.
    @inline(__always)
    package mutating func deliver(publisher: Int, sequence: UInt64, atNanoseconds: UInt64) -> Delivery? {
        guard contains(publisher: publisher) else { return nil }
        // In bounds by the guard.
        guard let delivery = rings[publisher].deliver(sequence, atNanoseconds: atNanoseconds) else {
            return nil
        }
        if delivery.isLast { outstandingCount &-= 1 }
        return delivery
    }

    /// Takes off a delivery that will not come, as its client has left; the message then never completes.
    ///
    /// - Returns: whether the delivery is to be counted as lost: it was outstanding, and not of the warm-up.
    package mutating func withdraw(publisher: Int, sequence: UInt64) -> Bool {
        guard contains(publisher: publisher) else { return false }
        // In bounds by the guard.
        let (wasOutstanding, isLast) = rings[publisher].withdraw(sequence)
        if isLast { outstandingCount -= 1 }
        return wasOutstanding && isCounted(publisher: publisher, sequence: sequence)
    }

    /// Gives up on messages intended before a time; what arrives of them later finds no entry.
    ///
    /// - Returns: how many deliveries are lost, those of the warm-up left out. Cost: all publishers are
    ///   looked at.
    package mutating func expire(intendedBeforeNanoseconds limit: UInt64) -> UInt64 {
        var lost: UInt64 = 0
        for publisher in 0..<publisherCount {
            let expiry = rings[publisher].expire(intendedBeforeNanoseconds: limit)
            outstandingCount -= Int(expiry.messages)
            lost += expiry.countedDeliveries
        }
        return lost
    }

    /// Gives up on one message; nothing happens where it is not outstanding.
    ///
    /// - Returns: how many deliveries are lost, none of a message of the warm-up.
    package mutating func giveUp(publisher: Int, sequence: UInt64) -> UInt64 {
        guard contains(publisher: publisher) else { return 0 }
        // In bounds by the guard.
        let expiry = rings[publisher].giveUp(sequence)
        outstandingCount -= Int(expiry.messages)
        return expiry.countedDeliveries
    }

    /// When the oldest outstanding message should have been sent; nil if nothing is outstanding.
    ///
    /// Cost: all publishers are looked at.
    package var oldestOutstandingIntendedNanoseconds: UInt64? {
        var oldest: UInt64?
        for publisher in 0..<publisherCount {
            // In bounds by the loop.
            guard let intended = rings[publisher].oldestIntendedNanoseconds else { continue }
            oldest = min(oldest ?? intended, intended)
        }
        return oldest
    }

    /// How many messages a publisher has published so far, which is its next sequence number; 0 for an
    /// unknown one.
    @inline(__always)
    package func publishedCount(of publisher: Int) -> UInt64 {
        // In bounds where the index is used.
        contains(publisher: publisher) ? rings[publisher].next : 0
    }

    /// The first of a publisher's messages that may still be outstanding: all before it are over.
    package func oldestSequence(of publisher: Int) -> UInt64 {
        // In bounds where the index is used.
        contains(publisher: publisher) ? rings[publisher].oldest : 0
    }

    /// Whether a message belongs in the counts: it was published, and not in the warm-up.
    @inline(__always)
    package func isCounted(publisher: Int, sequence: UInt64) -> Bool {
        // In bounds where the index is used.
        contains(publisher: publisher) && sequence >= rings[publisher].firstCounted
            && sequence < rings[publisher].next
    }

    @inline(__always)
    private func contains(publisher: Int) -> Bool {
        UInt(bitPattern: publisher) < UInt(bitPattern: publisherCount)
    }
}
