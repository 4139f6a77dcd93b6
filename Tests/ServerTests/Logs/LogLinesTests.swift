import Testing

@testable import Server

@Suite("LogLines")
struct LogLinesTests {
    @Test("the lines are worded as the specification has them")
    func lines() {
        let id = ClientID(loop: 1, slot: 2, generation: 3)
        #expect(LogLines.connected(id, host: "10.0.0.7") == "Client connected: c1-2-3 from 10.0.0.7")
        #expect(
            LogLines.disconnected(id, durationMilliseconds: 1234) == "Client disconnected: c1-2-3 (duration: 1234ms)")
        #expect(LogLines.gestureBroadcast(clients: 5) == "Broadcast gesture to 5 clients")
        #expect(LogLines.aiResponseSent(clients: 0) == "AI response sent to 0 clients")
        #expect(LogLines.webSocketError(id, details: "why") == "WebSocket error for client c1-2-3: why")
        #expect(LogLines.rateLimited(id) == "Client c1-2-3 rate limited")
    }
}
