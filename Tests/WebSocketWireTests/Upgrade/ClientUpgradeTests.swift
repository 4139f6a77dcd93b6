import Testing
import WebSocketWire

@Suite("ClientUpgrade, RFC 6455 §4.1")
struct ClientUpgradeTests {
    private static let key = "dGhlIHNhbXBsZSBub25jZQ=="

    private func upgrade(
        subprotocols: [String] = [], extensions: String? = nil, headers: [(String, String)] = []
    ) -> ClientUpgrade {
        ClientUpgrade(
            host: "h:3001", path: "/relay?x", key: Self.key, subprotocols: subprotocols,
            extensions: extensions,
            headers: headers)
    }

    /// A sound 101 with fields replaced; nil takes one away.
    private func response(status: Int = 101, _ changes: [String: String?] = [:]) -> HTTPClientResponse {
        var fields: [String: String?] = [
            "Upgrade": "WebSocket", "Connection": "upgrade",
            "Sec-WebSocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        ]
        fields.merge(changes) { $1 }
        var response = HTTPClientResponse(status: status)
        for (name, value) in fields {
            if let value { response.headers.add(name, value) }
        }
        return response
    }

    @Test("the request has all that §4.1 asks for")
    func request() {
        #expect(
            String(decoding: upgrade(subprotocols: ["a", "b"]).request(), as: UTF8.self)
                == "GET /relay?x HTTP/1.1\r\nHost: h:3001\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: a, b\r\n\r\n")
    }

    @Test("further fields are added, Host replaces ours, the handshake's own cannot be given")
    func extraFields() {
        let upgrade = upgrade(headers: [
            ("Authorization", "Bearer t"), ("host", "other"), ("UPGRADE", "h2c"), ("X", "a\r\nY: b"),
        ])
        let text = String(decoding: upgrade.request(), as: UTF8.self)
        #expect(text.contains("\r\nAuthorization: Bearer t\r\n"))
        #expect(text.contains("\r\nHost: other\r\n"))
        #expect(!text.contains("h:3001"))
        #expect(!text.contains("h2c"))
        #expect(text.contains("\r\nX: a  Y: b\r\n"))
    }

    @Test("a key is the base64 of 16 bytes, and every one of them matters")
    func key() throws {
        #expect(ClientUpgrade.key(from: (0, 0)) == "AAAAAAAAAAAAAAAAAAAAAA==")
        #expect(ClientUpgrade.key(from: (.max, .max)) == "/////////////////////w==")
        let keys = Set(
            (0..<64).flatMap {
                [ClientUpgrade.key(from: (1 << $0, 0)), ClientUpgrade.key(from: (0, 1 << $0))]
            })
        #expect(keys.count == 128)
    }

    @Test("client and server agree")
    func bothEnds() throws {
        let upgrade = upgrade(subprotocols: ["chat"], extensions: "permessage-deflate")
        var requestParser = HTTPRequestParser()
        var offset = 0
        let request = try upgrade.request().withUnsafeBytes { try requestParser.next(in: $0, at: &offset) }
        let server = try ServerUpgrade.validate(#require(request))
        var responseParser = HTTPResponseParser()
        offset = 0
        let bytes = server.response(subprotocol: "chat", extensions: "permessage-deflate")
        let response = try bytes.withUnsafeBytes { try responseParser.next(in: $0, at: &offset) }
        #expect(try upgrade.validate(#require(response)) == "chat")
    }

    @Test("a sound response without a subprotocol gives nil")
    func noSubprotocol() throws {
        #expect(try upgrade(subprotocols: ["a"]).validate(response()) == nil)
    }

    @Test(
        "a response that §4.1 does not allow is refused",
        arguments: [
            ("Upgrade", nil, .missingUpgrade), ("Upgrade", "h2c", .missingUpgrade),
            ("Connection", nil, .missingConnectionUpgrade),
            ("Connection", "close", .missingConnectionUpgrade),
            ("Sec-WebSocket-Accept", nil, .wrongAcceptKey),
            ("Sec-WebSocket-Accept", "S3pPLMBiTxaQ9kYGzzhZRbK+xOo=", .wrongAcceptKey),
            ("Sec-WebSocket-Protocol", "b", .unofferedSubprotocol("b")),
            ("Sec-WebSocket-Protocol", "A", .unofferedSubprotocol("A")),
            ("Sec-WebSocket-Protocol", "", .unofferedSubprotocol("")),
            ("Sec-WebSocket-Extensions", "permessage-deflate; x", .unofferedExtension("permessage-deflate")),
        ] as [(String, String?, UpgradeFailure)])
    func refused(name: String, value: String?, failure: UpgradeFailure) {
        #expect(throws: failure) { _ = try upgrade(subprotocols: ["a"]).validate(response([name: value])) }
    }

    @Test("more than one subprotocol in a response is refused")
    func twoSubprotocols() {
        var response = response(["Sec-WebSocket-Protocol": "a"])
        response.headers.add("Sec-WebSocket-Protocol", "b")
        #expect(throws: UpgradeFailure.unofferedSubprotocol("a, b")) {
            _ = try upgrade(subprotocols: ["a", "b"]).validate(response)
        }
    }

    @Test("another status is refused and named")
    func status() {
        #expect(throws: UpgradeFailure.unexpectedStatus(503)) {
            _ = try upgrade().validate(response(status: 503))
        }
        #expect("\(UpgradeFailure.unexpectedStatus(503))".contains("503 Service Unavailable"))
    }

    @Test("subprotocols and extensions among the further fields count as offered")
    func offeredByFields() throws {
        let upgrade = upgrade(headers: [
            ("sec-websocket-protocol", "x, y"), ("Sec-WebSocket-Extensions", "foo; a=1"),
        ])
        let response = response(["Sec-WebSocket-Protocol": "y", "Sec-WebSocket-Extensions": "foo"])
        #expect(try upgrade.validate(response) == "y")
    }
}
