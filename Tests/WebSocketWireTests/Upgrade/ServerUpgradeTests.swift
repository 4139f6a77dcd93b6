import Testing
import WebSocketWire

@Suite("ServerUpgrade, RFC 6455 §4.2")
struct ServerUpgradeTests {
    /// The request of §1.3 with fields replaced; nil takes one away.
    private func request(
        method: String = "GET", minorVersion: Int = 1, _ changes: [String: String?] = [:],
        adding added: [(String, String)] = []
    ) -> HTTPRequest {
        var fields: [String: String?] = [
            "Host": "server.example.com", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
            "Origin": "http://example.com",
        ]
        fields.merge(changes) { $1 }
        var request = HTTPRequest(method: method, path: "/chat", minorVersion: minorVersion)
        for (name, value) in fields {
            if let value { request.headers.add(name, value) }
        }
        for (name, value) in added { request.headers.add(name, value) }
        return request
    }

    @Test("a sound request is answered with 101 and the accept key of §1.3")
    func sound() throws {
        let upgrade = try ServerUpgrade.validate(request())
        #expect(upgrade.acceptKey == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(upgrade.origin == "http://example.com")
        #expect(upgrade.offeredSubprotocols.isEmpty)
        #expect(
            String(decoding: upgrade.response(subprotocol: nil), as: UTF8.self)
                == "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
    }

    @Test("offers are listed in order over several fields, and the chosen ones are in the response")
    func offers() throws {
        let upgrade = try ServerUpgrade.validate(
            request(adding: [
                ("Sec-WebSocket-Protocol", "chat, superchat"), ("sec-websocket-protocol", "to.ken=="),
                ("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits, x"),
            ]))
        #expect(upgrade.offeredSubprotocols == ["chat", "superchat", "to.ken=="])
        #expect(upgrade.offeredExtensions == ["permessage-deflate; client_max_window_bits", "x"])
        let text = String(
            decoding: upgrade.response(subprotocol: "chat", extensions: "permessage-deflate"), as: UTF8.self)
        #expect(text.contains("\r\nSec-WebSocket-Protocol: chat\r\n"))
        #expect(text.contains("\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"))
    }

    @Test("names and tokens compare without regard to case")
    func letterCase() throws {
        _ = try ServerUpgrade.validate(request(["Upgrade": "WebSocket", "Connection": "UPGRADE"]))
    }

    @Test(
        "a request that lacks what §4.2.1 asks for is refused",
        arguments: [
            ("Upgrade", nil, .notAnUpgrade), ("Upgrade", "h2c", .notAnUpgrade),
            ("Connection", nil, .missingConnectionUpgrade),
            ("Connection", "close", .missingConnectionUpgrade),
            ("Sec-WebSocket-Version", nil, .unsupportedVersion),
            ("Sec-WebSocket-Version", "8", .unsupportedVersion),
            ("Sec-WebSocket-Version", "13, 8", .unsupportedVersion), ("Sec-WebSocket-Key", nil, .missingKey),
            ("Sec-WebSocket-Key", "", .invalidKey), ("Sec-WebSocket-Key", "c2hvcnQ=", .invalidKey),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZR==", .invalidKey),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j!Q==", .invalidKey),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=A", .invalidKey),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZSEh", .invalidKey),
        ] as [(String, String?, UpgradeRefusal)])
    func refused(name: String, value: String?, refusal: UpgradeRefusal) {
        #expect(throws: refusal) { _ = try ServerUpgrade.validate(request([name: value])) }
    }

    @Test("only GET in HTTP/1.1 can be upgraded")
    func methodAndVersion() {
        #expect(throws: UpgradeRefusal.badMethod) { _ = try ServerUpgrade.validate(request(method: "POST")) }
        #expect(throws: UpgradeRefusal.unsupportedHTTPVersion) {
            _ = try ServerUpgrade.validate(request(minorVersion: 0))
        }
    }

    @Test("two keys are refused")
    func twoKeys() {
        #expect(throws: UpgradeRefusal.missingKey) {
            _ = try ServerUpgrade.validate(
                request(adding: [("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")]))
        }
    }
}
