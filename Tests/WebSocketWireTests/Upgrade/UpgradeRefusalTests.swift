import Testing
import WebSocketWire

@Suite("UpgradeRefusal")
struct UpgradeRefusalTests {
    @Test("an unknown version is answered with 426 and the one that is known (RFC 6455 §4.4)")
    func version() {
        let refusal = UpgradeRefusal.unsupportedVersion
        #expect(refusal.statusCode == 426)
        #expect(refusal.headers.first("Sec-WebSocket-Version") == "13")
        #expect(refusal.headers.first("Upgrade") == "websocket")
    }

    @Test("each refusal has its status, and a bad method the methods allowed")
    func statuses() {
        #expect(UpgradeRefusal.notAnUpgrade.statusCode == 426)
        #expect(UpgradeRefusal.badMethod.statusCode == 405)
        #expect(UpgradeRefusal.badMethod.headers.first("Allow") == "GET")
        #expect(UpgradeRefusal.invalidKey.statusCode == 400)
        #expect(UpgradeRefusal.missingKey.headers.isEmpty)
        #expect("\(UpgradeRefusal.unsupportedVersion)".contains("13"))
    }
}
