/// The sequence trackers of all joined clients: a row for each client, with a tracker for each publisher it
/// hears.
///
/// Invariant: a client has a row exactly as long as it is joined.
///
/// Owner: the load loop's thread. Bounds: 8 bytes a client, and for a joined one 24 for each publisher it
/// hears: all of them (`everyClient`, and `everyOtherClient`, where its own has a place that stays unused) or its own
/// (`senderOnly`). Cost: joining and leaving look at every
/// tracker of the row.
package struct TrackerTable: ~Copyable {
    package typealias Row = UnsafeMutablePointer<SequenceTracker>

    package let clientCount: Int
    private let publisherCount: Int
    private let fanout: Fanout
    package private(set) var joinedCount = 0

    /// Owned by this table, `clientCount` long, all initialised; each row is as long as
    /// `publishers(heardBy:)`.
    ///
    /// Bare pointers, as nested arrays would be checked twice for uniqueness and bounds with every delivery.
    private let rows: UnsafeMutablePointer<Row?>

    package init(clientCount: Int, publisherCount: Int, fanout: Fanout) {
        precondition(clientCount >= 0, "no such number of clients")
        self.clientCount = clientCount
        self.publisherCount = publisherCount
        self.fanout = fanout
        rows = .allocate(capacity: clientCount)
        rows.initialize(repeating: nil, count: clientCount)
    }

    deinit {
        for client in 0..<clientCount { releaseRow(of: client) }
        rows.deallocate()
    }

    /// The publishers that the client's row has a tracker for.
    @inline(__always)
    package func publishers(heardBy client: Int) -> Range<Int> {
        switch fanout {
        case .everyClient, .everyOtherClient: 0..<publisherCount
        case .senderOnly: min(client, publisherCount)..<min(client + 1, publisherCount)
        }
    }

    /// Whether the client receives the publisher's messages while it is joined. Any number is safe.
    @inline(__always)
    package func hears(client: Int, publisher: Int) -> Bool {
        publishers(heardBy: client).contains(publisher) && (fanout != .everyOtherClient || client != publisher)
    }

    @inline(__always)
    package func isJoined(_ client: Int) -> Bool {
        precondition((0..<clientCount).contains(client), "no such client")
        // In bounds by the precondition.
        return rows[client] != nil
    }

    /// Where the client's tracker of a publisher stands; nil if it has not joined or does not hear the
    /// publisher.
    ///
    /// Valid until the client leaves.
    @inline(__always)
    package func tracker(client: Int, publisher: Int) -> Row? {
        let heard = publishers(heardBy: client)
        // The row index is in bounds by the check of isJoined, the tracker's by that of the range.
        guard isJoined(client), heard.contains(publisher), let row = rows[client] else { return nil }
        return row + (publisher - heard.lowerBound)
    }

    /// Gives the client a row whose trackers expect what is published from now on. It must not be joined.
    package mutating func join(_ client: Int, ledger: borrowing MessageLedger) {
        precondition(!isJoined(client), "a client joins once before it leaves")
        let heard = publishers(heardBy: client)
        let row = Row.allocate(capacity: heard.count)
        for (index, publisher) in heard.enumerated() {
            // In bounds: the row has a place for each publisher heard.
            (row + index).initialize(to: SequenceTracker(firstExpected: ledger.publishedCount(of: publisher)))
        }
        rows[client] = row
        joinedCount += 1
    }

    /// Takes the client's row away. It must be joined.
    package mutating func leave(_ client: Int) {
        precondition(isJoined(client), "only a client that has joined can leave")
        releaseRow(of: client)
        joinedCount -= 1
    }

    /// In bounds for every client of the table; a row's trackers were all initialised when it was allocated.
    private func releaseRow(of client: Int) {
        guard let row = rows[client] else { return }
        row.deinitialize(count: publishers(heardBy: client).count)
        row.deallocate()
        rows[client] = nil
    }
}
