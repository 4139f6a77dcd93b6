import FoundationEssentials
import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: figures", .serialized)
struct MetricsEndpointTests {
    /// The keys of `GET /api/metrics`, all of which must be there.
    private struct Metrics: Decodable {
        let activeConnections: Int
        let totalMessages: Int
        let messagesPerSecond: Double
        let averageLatency: Double
        let errorRate: Double
        let missedMessages: Int
        let sends: Int
        let sentBytes: Int
        let uptimeSeconds: Double
        let subscribers: [String: Int]
        let loops: [LoopReport]
    }

    @Test("/api/metrics has its keys, and one report for each loop", arguments: ServerVariant.all)
    func json(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let clients = try server.clients(2, "/")
        _ = try server.postGesture("wave")
        for client in clients { _ = try client.nextText() }
        let body = try server.request("GET", "/api/metrics").body
        let metrics = try JSONDecoder().decode(Metrics.self, from: Data(body))
        #expect(metrics.activeConnections == 2)
        #expect(metrics.totalMessages == 1)
        #expect(metrics.messagesPerSecond > 0)
        #expect(metrics.averageLatency >= 0)
        #expect(metrics.errorRate == 0)
        #expect(metrics.missedMessages == 0)
        #expect(metrics.uptimeSeconds > 0)
        #expect(metrics.subscribers == ["gesture": 2, "ai_response": 2, "system": 0])
        #expect(metrics.loops.map(\.loop) == Array(0..<variant.threads))
        try SlowClientTests.await {
            let body = try server.request("GET", "/api/metrics").body
            let metrics = try JSONDecoder().decode(Metrics.self, from: Data(body))
            return metrics.sends >= 2 && metrics.sentBytes > 2 * 60
        }
    }

    @Test("a server that has nothing to tell yet is parsed as well", arguments: ServerVariant.all)
    func fresh(variant: ServerVariant) throws {
        let figures = try RunningServer(variant).figures()
        #expect(try figures.value("broadside_clients") == 0)
        #expect(try figures.value("broadside_broadcasts_total") == 0)
        #expect(try figures.value("broadside_fan_out_seconds_count") == 0)
        #expect(try figures.value("broadside_request_seconds_count") == 0)
        #expect(try figures.value("broadside_handled_total") == 1, "this request")
        for loop in 0..<variant.threads {
            #expect(try figures.value("broadside_loop_turns_total", ["loop": "\(loop)"]) >= 0)
        }
        #expect(figures.seriesCount("broadside_loop_connections") == variant.threads)
    }

    @Test("all types are as the names say")
    func types() throws {
        let types = try RunningServer(ServerVariant.all[0]).figures().types
        for (name, type) in types {
            let expected: String? = name.hasSuffix("_total") ? "counter" : name.hasSuffix("_seconds") ? nil : "gauge"
            #expect(expected == nil || type == expected, "\(name)")
        }
        #expect(types["broadside_fan_out_seconds"] == "histogram")
        #expect(types["broadside_request_seconds"] == "histogram")
        #expect(types["broadside_uptime_seconds"] == "gauge")
    }

    @Test("counters and gauges move with what happens", arguments: ServerVariant.all)
    func traffic(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let before = try server.figures()
        let clients = try server.clients(3, "/")
        try clients[0].subscribe(to: "system")
        for number in 0..<4 { _ = try server.postGesture("\(number)") }
        for client in clients.dropFirst() { _ = try client.nextTexts(4) }
        try clients[1].send("no JSON")
        #expect(try clients[1].nextText().contains("VALIDATION_ERROR"))
        #expect(try server.request("GET", "/nowhere").status == 404)
        let after = try server.figures()
        func change(_ name: String) throws -> Double { try after.value(name) - before.value(name) }
        #expect(try change("broadside_clients") == 3)
        #expect(try change("broadside_broadcasts_total") == 4)
        // Three upgrades, two messages, four gestures, one that is nowhere, and the second reading of the figures.
        #expect(try change("broadside_handled_total") == 11)
        #expect(try change("broadside_refused_total") == 2)
        // The first reading, three upgrades, four gestures, one that is nowhere.
        #expect(try change("broadside_request_seconds_count") == 9)
        #expect(try change("broadside_request_seconds_sum") > 0)
        #expect(try change("broadside_missed_messages_total") == 0)
        #expect(try change("broadside_uptime_seconds") > 0)
        #expect(try after.value("broadside_subscribers", ["channel": "gesture"]) == 3)
        #expect(try after.value("broadside_subscribers", ["channel": "ai_response"]) == 3)
        #expect(try after.value("broadside_subscribers", ["channel": "system"]) == 1)
        #expect(try after.value("broadside_fan_out_seconds_count") >= 1)
        try SlowClientTests.await {
            let figures = try server.figures()
            return try figures.value("broadside_deliveries_total") >= 3
                && figures.value("broadside_delivered_bytes_total") >= 12 * 60
        }
        for client in clients { client.close() }
        try SlowClientTests.await { try server.figures().value("broadside_clients") == 0 }
        #expect(try server.figures().value("broadside_subscribers", ["channel": "system"]) == 0)
    }

    @Test("requests that were never complete count as refused, and take no time")
    func incomplete() throws {
        let server = try RunningServer(ServerVariant.all[0]) { $0.handshakeTimeoutNanoseconds = 500_000_000 }
        let before = try server.figures()
        let silent = try server.client()
        #expect(try silent.response().status == 408)
        let noisy = try server.client()
        try noisy.write("noise\r\n\r\n")
        #expect(try noisy.response().status == 400)
        let after = try server.figures()
        #expect(
            try after.value("broadside_refused_total") - before.value("broadside_refused_total") == 2)
        #expect(
            try after.value("broadside_request_seconds_count") - before.value("broadside_request_seconds_count") == 1)
    }
}
