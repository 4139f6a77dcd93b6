import Recording

/// The metrics as Prometheus reads them: `GET /metrics`.
extension ServerMetrics {
    /// - Parameter loops: of all loops, in order.
    func exposition(loops: [LoopReport]) -> [UInt8] {
        var text = PrometheusWriter()
        text.gauge("broadside_clients", help: "WebSocket clients connected.", Double(activeConnections))
        text.gauge(
            "broadside_subscribers", help: "Clients that have subscribed to a channel.",
            subscribers.map { PrometheusSeries(["channel": $0.0.rawValue], Double($0.1)) })
        text.counter("broadside_broadcasts_total", help: "Broadcasts accepted.", totalMessages)
        text.counter("broadside_deliveries_total", help: "Sends of broadcasts to clients.", sends)
        text.counter("broadside_delivered_bytes_total", help: "Bytes of those sends.", sentBytes)
        text.counter(
            "broadside_missed_messages_total", help: "Messages left out for clients that were too slow.",
            missedMessages)
        text.counter("broadside_handled_total", help: "Messages and requests taken in.", handled)
        text.counter("broadside_refused_total", help: "Those of them that were refused.", refused)
        text.histogram(
            "broadside_fan_out_seconds",
            help: "From a broadcast accepted to handed to the kernel for the loop's last client; sampled.", fanOutTime)
        text.histogram(
            "broadside_request_seconds", help: "From an HTTP request complete to its answer.", requestTime)
        text.gauge("broadside_uptime_seconds", help: "Since the server began to listen.", uptimeSeconds)
        perLoop(loops, to: &text)
        return text.bytes
    }

    private func perLoop(_ loops: [LoopReport], to text: inout PrometheusWriter) {
        let counters: [(String, String, KeyPath<LoopReport, Int>)] = [
            ("broadside_loop_kernel_entries_total", "System calls of an event loop's own.", \.kernelEntries),
            ("broadside_loop_turns_total", "Turns of an event loop.", \.turns),
            ("broadside_loop_stopped_sends_total", "Sends that found a socket full.", \.stoppedSends),
        ]
        for (name, help, figure) in counters {
            text.counter(
                name, help: help,
                loops.map { PrometheusSeries(["loop": "\($0.loop)"], UInt64(max(0, $0[keyPath: figure]))) })
        }
        text.gauge(
            "broadside_loop_connections", help: "TCP connections of an event loop.",
            loops.map { PrometheusSeries(["loop": "\($0.loop)"], Double($0.connections)) })
        text.gauge(
            "broadside_loop_stalled_clients", help: "Clients whose sockets are full.",
            loops.map { PrometheusSeries(["loop": "\($0.loop)"], Double($0.stalledClients)) })
        text.gauge(
            "broadside_loop_slowest_backlog_bytes", help: "How far the slowest of them is behind.",
            loops.map { PrometheusSeries(["loop": "\($0.loop)"], Double($0.slowestBacklogBytes)) })
    }
}
