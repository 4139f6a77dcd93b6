/// The books of a load loop: which client is to receive which message, and what became of each delivery.
///
/// Clients join when they are connected and ready to receive, and leave when they no longer are; slow readers
/// never join. A message is expected at the clients joined when it is published. The book starts in the
/// warm-up: messages are then tracked as ever, but neither they nor their duplicates are in any count.
///
/// Invariant: `account.expected == account.received + account.lost` plus what is outstanding, at any time.
/// What a peer sends (publisher, sequence) is safe whatever its value; clients and what is published are the
/// program's own.
///
/// Owner: the load loop's thread. Bounds: those of `MessageLedger` and of 24 bytes for each joined client and
/// publisher it hears. Cost of `receive`: one tracker, one ring and one entry looked at, no allocation while
/// nothing is missing.
package struct DeliveryBook: ~Copyable {
    package let fanout: Fanout
    package private(set) var account = DeliveryAccount()

    private var ledger: MessageLedger
    private var trackers: TrackerTable

    /// - Parameters:
    ///   - clientCount: clients are numbered 0..<`clientCount`.
    ///   - publisherCount: publishers are numbered 0..<`publisherCount`; but for `everyClient` publisher i is
    ///     client i.
    package init(clientCount: Int, publisherCount: Int, fanout: Fanout) {
        precondition(fanout == .everyClient || publisherCount <= clientCount, "each publisher is a client")
        self.fanout = fanout
        ledger = MessageLedger(publisherCount: publisherCount)
        trackers = TrackerTable(clientCount: clientCount, publisherCount: publisherCount, fanout: fanout)
    }

    /// Whether what is published now counts.
    package var isCounting: Bool { ledger.isCounting }
    package var joinedCount: Int { trackers.joinedCount }
    /// Messages that some client has yet to receive, those of the warm-up included.
    package var outstandingCount: Int { ledger.outstandingCount }
    /// When the oldest of those should have been sent, in nanoseconds since the run's start. Cost: looks at
    /// all publishers.
    package var oldestOutstandingIntendedNanoseconds: UInt64? { ledger.oldestOutstandingIntendedNanoseconds }

    /// Ends the warm-up: what is published from now on counts.
    package mutating func startCounting() {
        ledger.startCounting()
    }

    /// Expects the client to receive what is published from now on. It must not be joined.
    package mutating func clientJoined(_ client: Int) {
        trackers.join(client, ledger: ledger)
    }

    /// Expects nothing of the client until it joins again; what it has not received by now is lost. It must
    /// be joined.
    ///
    /// Cost: all publishers it hears, and what is outstanding at it. Messages of which this was the last
    /// outstanding delivery are over: `outstandingCount` tells.
    package mutating func clientLeft(_ client: Int) {
        let count = withdraw(client: client)
        account.lost += count
    }

    /// As `clientLeft`, for a client that goes by itself: what it has not received by now was never to be expected, and
    /// says nothing against the server.
    package mutating func clientWithdrew(_ client: Int) {
        let count = withdraw(client: client)
        account.expected -= count
        account.withdrawn += count
    }

    /// Adds a message, just before it is sent, and returns its sequence number.
    ///
    /// - Parameters:
    ///   - publisher: within 0..<the number of publishers.
    ///   - intendedNanoseconds: since the run's start, not before that of the publisher's last message.
    ///   - sentNanoseconds: since the run's start.
    package mutating func publish(
        publisher: Int, intendedNanoseconds: UInt64, sentNanoseconds: UInt64
    ) -> UInt64 {
        let expected =
            switch fanout {
            case .everyClient: trackers.joinedCount
            case .everyOtherClient: trackers.joinedCount - (trackers.isJoined(publisher) ? 1 : 0)
            case .senderOnly: trackers.isJoined(publisher) ? 1 : 0
            }
        if isCounting { account.expected += UInt64(expected) }
        return ledger.publish(
            publisher: publisher, intendedNanoseconds: intendedNanoseconds, sentNanoseconds: sentNanoseconds,
            expectedDeliveries: expected)
    }

    /// Takes note of a message that has arrived.
    ///
    /// - Parameters:
    ///   - client: where it arrived, within 0..<the number of clients.
    ///   - publisher: as the message says; any value.
    ///   - sequence: as the message says; any value.
    ///   - atNanoseconds: when it arrived, since the run's start.
    package mutating func receive(
        client: Int, publisher: Int, sequence: UInt64, atNanoseconds: UInt64
    ) -> Receipt {
        guard sequence < ledger.publishedCount(of: publisher),
            trackers.hears(client: client, publisher: publisher)
        else { return .unknown }
        // The pointer is valid throughout the call: no client leaves within it.
        let outcome =
            trackers.tracker(client: client, publisher: publisher)?.pointee.receive(sequence) ?? .early
        switch outcome {
        case .inOrder, .afterGap:
            return deliver(
                publisher: publisher, sequence: sequence, atNanoseconds: atNanoseconds, reordered: false)
        case .late:
            return deliver(
                publisher: publisher, sequence: sequence, atNanoseconds: atNanoseconds, reordered: true)
        case .duplicate:
            if ledger.isCounted(publisher: publisher, sequence: sequence) { account.duplicated += 1 }
            return .duplicate
        case .early:
            if ledger.isCounted(publisher: publisher, sequence: sequence) { account.early += 1 }
            return .early
        }
    }

    /// Counts a message that is not of this run: without a stamp, with another run's, or answered with
    /// `.unknown`.
    package mutating func countUnknown(byteCount: Int) {
        guard isCounting else { return }
        account.unknown += 1
        account.unknownBytes += UInt64(byteCount)
    }

    /// Counts a message whose content is not what was sent. Beside `receive`: with its stamp intact it is a
    /// delivery.
    package mutating func countCorrupted() {
        if isCounting { account.corrupted += 1 }
    }

    /// Gives up on messages intended before a time; their outstanding deliveries are lost.
    ///
    /// While a run goes on this bounds the memory and frees the places of a closed loop, but it turns
    /// latencies longer than the grace into losses: choose the limit accordingly. Cost: looks at all
    /// publishers.
    package mutating func expire(intendedBeforeNanoseconds limit: UInt64) {
        account.lost += ledger.expire(intendedBeforeNanoseconds: limit)
    }

    /// Gives up on one message: the server has refused it. What is outstanding of it is lost.
    package mutating func giveUp(publisher: Int, sequence: UInt64) {
        account.lost += ledger.giveUp(publisher: publisher, sequence: sequence)
    }

    /// Ends the grace: whatever is outstanding is lost.
    package mutating func finish() {
        expire(intendedBeforeNanoseconds: .max)
    }

    @inline(__always)
    private mutating func deliver(
        publisher: Int, sequence: UInt64, atNanoseconds: UInt64, reordered: Bool
    ) -> Receipt {
        guard
            let delivery = ledger.deliver(
                publisher: publisher, sequence: sequence, atNanoseconds: atNanoseconds)
        else {
            if ledger.isCounted(publisher: publisher, sequence: sequence) { account.expired += 1 }
            return .expired
        }
        if delivery.isCounted {
            account.received += 1
            if reordered { account.reordered += 1 }
        }
        return .delivered(delivery, reordered: reordered)
    }

    /// Takes off what the client has outstanding, and returns how many of these deliveries count.
    private mutating func withdraw(client: Int) -> UInt64 {
        precondition(trackers.isJoined(client), "only a client that has joined can leave")
        var count: UInt64 = 0
        for publisher in trackers.publishers(heardBy: client)
        where trackers.hears(client: client, publisher: publisher) {
            count += withdraw(client: client, publisher: publisher)
        }
        trackers.leave(client)
        return count
    }

    private mutating func withdraw(client: Int, publisher: Int) -> UInt64 {
        let published = ledger.publishedCount(of: publisher)
        // The pointer is valid: the client leaves only after this.
        guard let tracker = trackers.tracker(client: client, publisher: publisher) else { return 0 }
        var count: UInt64 = 0
        // What was given up before is lost already, and may be long: it is not gone through again.
        let candidates = ledger.oldestSequence(of: publisher)..<published
        for range in tracker.pointee.outstanding(below: published) {
            for sequence in range.clamped(to: candidates)
            where ledger.withdraw(publisher: publisher, sequence: sequence) {
                count += 1
            }
        }
        return count
    }
}
