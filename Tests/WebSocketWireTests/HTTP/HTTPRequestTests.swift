import Testing
import WebSocketWire

@Suite("HTTPRequest")
struct HTTPRequestTests {
    private func request(minorVersion: Int, _ fields: (String, String)...) -> HTTPRequest {
        var request = HTTPRequest(method: "GET", path: "/", minorVersion: minorVersion)
        for (name, value) in fields { request.headers.add(name, value) }
        return request
    }

    @Test("HTTP/1.1 keeps the connection unless told to close it, HTTP/1.0 only when asked to")
    func keepsAlive() {
        #expect(request(minorVersion: 1).keepsAlive)
        #expect(!request(minorVersion: 1, ("Connection", "Close")).keepsAlive)
        #expect(!request(minorVersion: 1, ("Connection", "keep-alive, close")).keepsAlive)
        #expect(!request(minorVersion: 0).keepsAlive)
        #expect(request(minorVersion: 0, ("Connection", "Keep-Alive")).keepsAlive)
    }

    @Test("an upgrade request is one that asks for WebSocket")
    func isUpgradeRequest() {
        #expect(request(minorVersion: 1, ("Upgrade", "WebSocket")).isUpgradeRequest)
        #expect(request(minorVersion: 1, ("Upgrade", "h2c, websocket")).isUpgradeRequest)
        #expect(!request(minorVersion: 1, ("Upgrade", "h2c")).isUpgradeRequest)
        #expect(!request(minorVersion: 1, ("Connection", "Upgrade")).isUpgradeRequest)
    }
}
