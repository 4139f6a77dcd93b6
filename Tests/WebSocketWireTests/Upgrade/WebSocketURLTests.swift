import Testing
import WebSocketWire

@Suite("WebSocketURL, RFC 6455 §3")
struct WebSocketURLTests {
    struct Parts: Sendable {
        let url: String
        let isSecure: Bool
        let host: String
        let port: UInt16
        let path: String
        let authority: String
    }

    @Test(
        "URLs are taken apart",
        arguments: [
            Parts(url: "ws://h", isSecure: false, host: "h", port: 80, path: "/", authority: "h"),
            Parts(url: "ws://h:80/", isSecure: false, host: "h", port: 80, path: "/", authority: "h"),
            Parts(url: "wss://h/a?b", isSecure: true, host: "h", port: 443, path: "/a?b", authority: "h"),
            Parts(url: "wss://h:80", isSecure: true, host: "h", port: 80, path: "/", authority: "h:80"),
            Parts(
                url: "WS://127.0.0.1:3001/relay", isSecure: false, host: "127.0.0.1", port: 3001,
                path: "/relay", authority: "127.0.0.1:3001"),
            Parts(url: "ws://h?q=/:", isSecure: false, host: "h", port: 80, path: "/?q=/:", authority: "h"),
            Parts(
                url: "ws://[::1]:9/x", isSecure: false, host: "::1", port: 9, path: "/x", authority: "[::1]:9"
            ),
            Parts(
                url: "ws://[fe80::1]", isSecure: false, host: "fe80::1", port: 80, path: "/",
                authority: "[fe80::1]"),
        ])
    func parts(expected: Parts) throws {
        let url = try WebSocketURL(expected.url)
        #expect(url.isSecure == expected.isSecure)
        #expect(url.host == expected.host)
        #expect(url.port == expected.port)
        #expect(url.path == expected.path)
        #expect(url.authority == expected.authority)
    }

    @Test(
        "what is no WebSocket URL is refused with the reason",
        arguments: [
            ("", .badScheme), ("http://h", .badScheme), ("ws:/h", .badScheme), ("localhost:3001", .badScheme),
            ("ws://", .badHost), ("ws:///x", .badHost), ("ws://:80", .badHost), ("ws://u@h", .badHost),
            ("ws://a b", .badHost), ("ws://[::1", .badHost), ("ws://[]", .badHost),
            ("ws://[::1]80", .badHost),
            ("ws://[h]", .badHost), ("ws://h:", .badPort), ("ws://h:0", .badPort), ("ws://h:65536", .badPort),
            ("ws://h:99999999999999999999", .badPort), ("ws://h:8x", .badPort), ("ws://::1", .badHost),
            ("ws://h:1:2", .badPort), ("ws://h/a b", .badPath), ("ws://h/é", .badPath),
            ("ws://h/\r\n", .badPath),
            ("ws://h/#f", .fragment),
        ] as [(String, WebSocketURLError)])
    func refused(text: String, error: WebSocketURLError) {
        #expect(throws: error) { _ = try WebSocketURL(text) }
        #expect(!"\(error)".contains("\n"))
    }
}
