/// The log lines that the specification words, and those in their manner.
///
/// Their levels: connected and disconnected info, broadcast and response debug, error error, rate limited warning.
enum LogLines {
    static func connected(_ id: ClientID, host: String) -> String { "Client connected: \(id) from \(host)" }

    static func disconnected(_ id: ClientID, durationMilliseconds: Int64) -> String {
        "Client disconnected: \(id) (duration: \(durationMilliseconds)ms)"
    }

    static func gestureBroadcast(clients: Int) -> String { "Broadcast gesture to \(clients) clients" }

    static func aiResponseSent(clients: Int) -> String { "AI response sent to \(clients) clients" }

    static func webSocketError(_ id: ClientID, details: String) -> String {
        "WebSocket error for client \(id): \(details)"
    }

    static func refused(_ host: String, _ answer: String) -> String { "Refused \(host): \(answer)" }

    static func rateLimited(_ id: ClientID) -> String { "Client \(id) rate limited" }
}
