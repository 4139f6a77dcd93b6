import Recording

/// The figures of `GET /api/metrics`, gathered from all loops at one moment.
struct ServerMetrics {
    var activeConnections = 0
    var totalMessages: UInt64 = 0
    var messagesPerSecond = 0.0
    /// Milliseconds from accepted to handed to the kernel for the last client, over the last ten seconds: sampled at
    /// most a hundred times a second, by the loop that accepted the message, for its own clients.
    var averageLatency = 0.0
    var errorRate = 0.0
    var missedMessages: UInt64 = 0
    var sends: UInt64 = 0
    var sentBytes: UInt64 = 0
    var subscribers: [(Channel, Int)] = []
    var handled: UInt64 = 0
    var refused: UInt64 = 0
    var fanOutTime = DurationSnapshot()
    var requestTime = DurationSnapshot()
    var uptimeSeconds = 0.0

    init(_ shared: SharedState, now: MonotonicInstant) {
        let second = now.nanoseconds / 1_000_000_000
        var recent: UInt64 = 0
        var latency = (count: UInt64(0), sum: UInt64(0))
        for figures in shared.figures {
            totalMessages += figures.broadcasts.current
            sends += figures.deliveries.current
            sentBytes += figures.deliveredBytes.current
            missedMessages += figures.missedMessages.current
            handled += figures.handled.current
            refused += figures.refused.current
            fanOutTime.merge(figures.fanOutTime.snapshot())
            requestTime.merge(figures.requestTime.snapshot())
            recent += figures.recentBroadcasts.total(atSecond: second).count
            let sampled = figures.recentLatency.total(atSecond: second)
            latency = (latency.count + sampled.count, latency.sum + sampled.sum)
        }
        let uptimeNanoseconds = Double(now - shared.startedAt)
        uptimeSeconds = uptimeNanoseconds / 1e9
        messagesPerSecond = Double(recent) / max(1, min(uptimeSeconds, Double(RollingWindow.seconds)))
        averageLatency = latency.count == 0 ? 0 : Double(latency.sum) / Double(latency.count) / 1e6
        errorRate = handled == 0 ? 0 : Double(refused) / Double(handled)
        activeConnections = shared.clients.count
        subscribers = Channel.allCases.map { ($0, shared.clients.subscriberCount($0)) }
    }

    /// - Parameter loops: of all loops, in order.
    func serialized(loops: [LoopReport]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("activeConnections", Int64(activeConnections))
            json.field("totalMessages", Int64(clamping: totalMessages))
            json.field("messagesPerSecond", messagesPerSecond)
            json.field("averageLatency", averageLatency)
            json.field("errorRate", errorRate)
            json.field("missedMessages", Int64(clamping: missedMessages))
            json.field("sends", Int64(clamping: sends))
            json.field("sentBytes", Int64(clamping: sentBytes))
            json.field("uptimeSeconds", uptimeSeconds)
            json.objectField("subscribers") { json in
                for (channel, count) in subscribers { json.field(channel.rawValue, Int64(count)) }
            }
            LoopReports.serialized(loops).withUnsafeBytes { json.field("loops", json: $0) }
        }
        return json.bytes
    }
}
