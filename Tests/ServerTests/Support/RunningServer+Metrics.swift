import FoundationEssentials
import WebSocketWire

extension RunningServer {
    private struct Metrics: Decodable {
        let activeConnections: Int
        let missedMessages: Int
        let totalMessages: Int
    }

    private func metrics() throws -> Metrics {
        try JSONDecoder().decode(Metrics.self, from: Data(request("GET", "/api/metrics").body))
    }

    func activeConnections() throws -> Int { try metrics().activeConnections }

    func missedMessages() throws -> Int { try metrics().missedMessages }

    func totalMessages() throws -> Int { try metrics().totalMessages }
}
