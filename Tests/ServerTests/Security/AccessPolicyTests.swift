import Testing
import WebSocketWire

@testable import Server

@Suite("AccessPolicy")
struct AccessPolicyTests {
    private static let origins = ["https://app.example", "http://localhost:8080", "https://[::1]:8443"]

    private func policy(origins: [String]) throws -> AccessPolicy {
        AccessPolicy(allowedOrigins: try origins.map { text in try AllowedOrigin(parsing: text) })
    }

    private func policy(tokens: String) throws -> AccessPolicy {
        AccessPolicy(tokens: try TokenSet(parsing: Array(tokens.utf8)))
    }

    @Test(
        "an origin is allowed when scheme, host and port are those of one in the list",
        arguments: [
            ("https://app.example", true), ("HTTPS://App.Example", true), ("https://app.example:443", true),
            ("http://localhost:8080", true), ("http://LOCALHOST:8080", true), ("https://[::1]:8443", true),
            ("http://app.example", false), ("https://app.example:8443", false), ("https://app.example:80", false),
            ("https://app.example.evil", false), ("https://evil-app.example", false),
            ("https://sub.app.example", false), ("https://app.example.", false), ("https://app.exampl", false),
            ("http://localhost", false), ("http://localhost:80801", false), ("http://localhost:808", false),
            ("https://[::1]", false), ("https://[::2]:8443", false), ("https://localhost:8080", false),
            ("https://app.example/", false), ("https://app.example/path", false), ("https://app.example#", false),
            ("https://app.example@evil", false), ("https://evil@app.example", false),
            ("https://app.example https://evil", false), ("https://evil https://app.example", false),
            ("null", false), ("", false), ("*", false), ("app.example", false), ("://app.example", false),
        ] as [(String, Bool)])
    func listed(origin: String, isAllowed: Bool) throws {
        #expect(try policy(origins: Self.origins).allowsOrigin(.fields([("Origin", origin)])) == isAllowed)
    }

    @Test("a request without an origin is allowed; with several it is not, whatever they are")
    func fieldCount() throws {
        let policy = try policy(origins: Self.origins)
        #expect(policy.allowsOrigin(.fields([])))
        #expect(policy.allowsOrigin(.fields([("Host", "evil.example")])))
        let twice = [("Origin", "https://app.example"), ("origin", "https://app.example")]
        #expect(!policy.allowsOrigin(.fields(twice)))
    }

    @Test("null is an origin like others: only when listed")
    func null() throws {
        let policy = try policy(origins: ["null"])
        #expect(policy.allowsOrigin(.fields([("Origin", "null")])))
        for other in ["NULL", "https://null", "https://app.example", ""] {
            #expect(!policy.allowsOrigin(.fields([("Origin", other)])))
        }
    }

    @Test("without a list every origin is allowed", arguments: ["https://evil.example", "null", "nonsense", ""])
    func noList(origin: String) {
        #expect(AccessPolicy().allowsOrigin(.fields([("Origin", origin), ("Origin", "https://b")])))
    }

    @Test("without tokens everybody is let in")
    func noTokens() {
        #expect(AccessPolicy().allowsHTTP(.fields([])))
        #expect(AccessPolicy().allowsWebSocket(.fields([])))
        #expect(AccessPolicy().allowsHTTP(.fields([("Authorization", "Bearer anything")])))
    }

    struct Request: Sendable {
        let fields: [(String, String)]
        let isHTTPAllowed: Bool
        let isWebSocketAllowed: Bool
    }

    @Test(
        "HTTP needs a bearer token, a WebSocket that or a token among its subprotocols",
        arguments: [
            Request(fields: [], isHTTPAllowed: false, isWebSocketAllowed: false),
            Request(fields: [("Authorization", "Bearer one")], isHTTPAllowed: true, isWebSocketAllowed: true),
            Request(fields: [("Authorization", "bearer two")], isHTTPAllowed: true, isWebSocketAllowed: true),
            Request(fields: [("Authorization", "Bearer One")], isHTTPAllowed: false, isWebSocketAllowed: false),
            Request(fields: [("Authorization", "Basic one")], isHTTPAllowed: false, isWebSocketAllowed: false),
            Request(
                fields: [("Sec-WebSocket-Protocol", "one")], isHTTPAllowed: false, isWebSocketAllowed: true),
            Request(
                fields: [("Sec-WebSocket-Protocol", "chat, two")], isHTTPAllowed: false, isWebSocketAllowed: true),
            Request(
                fields: [("Sec-WebSocket-Protocol", "chat"), ("Sec-WebSocket-Protocol", "one")],
                isHTTPAllowed: false, isWebSocketAllowed: true),
            Request(
                fields: [("Sec-WebSocket-Protocol", "chat, ONE")], isHTTPAllowed: false,
                isWebSocketAllowed: false),
            Request(
                fields: [("Authorization", "Bearer wrong"), ("Sec-WebSocket-Protocol", "one")],
                isHTTPAllowed: false, isWebSocketAllowed: true),
            Request(
                fields: [("Authorization", "Bearer one"), ("Sec-WebSocket-Protocol", "chat")],
                isHTTPAllowed: true, isWebSocketAllowed: true),
            Request(
                fields: [("Sec-WebSocket-Protocol", "Bearer one")], isHTTPAllowed: false,
                isWebSocketAllowed: false),
        ])
    func tokens(request: Request) throws {
        let policy = try policy(tokens: "one\ntwo\n")
        let headers = HTTPHeaders.fields(request.fields)
        #expect(policy.allowsHTTP(headers) == request.isHTTPAllowed)
        #expect(policy.allowsWebSocket(headers) == request.isWebSocketAllowed)
    }

    @Test("a token behind the subprotocols that are looked at is not seen")
    func subprotocolLimit() throws {
        let policy = try policy(tokens: "one")
        for place in [0, PresentedToken.subprotocolLimit - 1, PresentedToken.subprotocolLimit] {
            let offered = [String](repeating: "x", count: place) + ["one"]
            let headers = HTTPHeaders.fields([("Sec-WebSocket-Protocol", offered.joined(separator: ","))])
            #expect(policy.allowsWebSocket(headers) == (place < PresentedToken.subprotocolLimit))
        }
    }
}
