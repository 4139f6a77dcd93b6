import Recording

/// What a loop of the generator notes about itself, to tell what it measured from what it caused.
///
/// Loop's thread only. A comparison or two a read and a turn; system calls for a sample only.
struct GeneratorWatch: ~Copyable {
    var loopLag = LoopLag()
    var backlog: BacklogSample
    let stampedClients: KernelStampSample
    /// Bytes that were waiting when a read came to them: what it brought and what it left.
    let receiveBacklogBytes = LatencyHistogram()
    /// From the kernel's stamp of a message to our reading it.
    let receiveQueue = LatencyHistogram()
    /// When the next tick is to come; without end before the first.
    var tickDueNanoseconds = UInt64.max
    private var connectedCount = 0
    private var firstConnectedNanoseconds: UInt64 = 0
    private var lastConnectedNanoseconds: UInt64 = 0

    /// - Parameters:
    ///   - clientCount: 1 or more.
    ///   - stampedCount: on how many of their connections the kernel stamps what comes in.
    init(clientCount: Int, stampedCount: Int, seed: UInt64) {
        backlog = BacklogSample(clientCount: clientCount, seed: seed)
        stampedClients = KernelStampSample(clientCount: clientCount, count: stampedCount)
    }

    /// A client's first connection is made.
    mutating func noteConnected(atNanoseconds now: UInt64) {
        if connectedCount == 0 { firstConnectedNanoseconds = now }
        connectedCount += 1
        lastConnectedNanoseconds = now
    }

    /// Connections a second between the first one and the last; nil where there are no two moments.
    var connectedPerSecond: Double? {
        guard connectedCount > 1, lastConnectedNanoseconds > firstConnectedNanoseconds else { return nil }
        return Double(connectedCount - 1) * 1e9 / Double(lastConnectedNanoseconds - firstConnectedNanoseconds)
    }
}
