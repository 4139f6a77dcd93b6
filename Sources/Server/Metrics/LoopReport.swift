/// What one event loop has done since it began, and where it stands: exact, taken on its own thread between two events.
///
/// An element of `loops` in `GET /api/metrics` and `GET /api/profile`; property names are the keys. Two reports make the
/// figures of the time between them.
package struct LoopReport: Codable, Equatable, Sendable {
    package var loop: Int
    package var connections = 0

    // Asked of the kernel.
    /// System calls for events and data, and accepting: not those of the allocator or the log.
    package var kernelEntries = 0
    package var turns = 0
    package var receives = 0
    package var receivedBytes = 0
    package var sends = 0
    /// Bytes of those sends, as they were queued.
    package var queuedBytes = 0
    /// Sends that were cut short or refused.
    package var stoppedSends = 0

    // Broadcast.
    /// Messages that this loop accepted.
    package var broadcasts: UInt64 = 0
    /// Bytes of the streams that went out to this loop's clients.
    package var deliveredBytes: UInt64 = 0
    package var missedMessages: UInt64 = 0
    /// Bytes of frames made of messages, once each, and of what of them was appended to the streams' logs, once for each
    /// stream; nil from servers that do not count it.
    package var copiedBytes: UInt64?
    package var appendedBytes: UInt64?
    /// Turns with something new for this loop's clients, the frames that they brought, and those frames times the
    /// clients that were level with the stream.
    package var rounds: UInt64 = 0
    package var roundFrames: UInt64 = 0
    package var roundDeliveries: UInt64 = 0

    // Queues as they are now.
    /// Clients that are to be served by themselves, and those whose sockets are full.
    package var waitingClients = 0
    package var stalledClients = 0
    /// Batches that another loop is to append.
    package var stagedBatches = 0
    package var slowestBacklogBytes: UInt64 = 0

    // Used up.
    /// Of the loop's thread; see `ThreadClock.splitCPUNanoseconds()`.
    package var cpuUserNanoseconds: UInt64 = 0
    package var cpuSystemNanoseconds: UInt64 = 0

    // In `GET /api/profile` alone.
    /// Of the loop's thread; nil where the allocator does not count.
    package var allocations: UInt64?
    package var allocatedBytes: UInt64?
    /// Base64 HdrHistogram V2 by name (`TurnProfile`).
    package var histograms: [String: String]?

    package init(loop: Int) { self.loop = loop }
}
