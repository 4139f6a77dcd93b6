import LoadGen
import Testing
import WebSocketWire

@Suite("PublishURL")
struct PublishURLTests {
    @Test(
        "the parts of a URL",
        arguments: [
            ("http://h", false, "h", 80, "/", "http://h/"),
            ("HTTPS://h:443/a?b", true, "h", 443, "/a?b", "https://h/a?b"),
            ("http://[::1]:3001/x", false, "::1", 3001, "/x", "http://[::1]:3001/x"),
            ("https://h:80/", true, "h", 80, "/", "https://h:80/"),
        ] as [(String, Bool, String, UInt16, String, String)])
    func parts(
        given: String, isSecure: Bool, host: String, port: UInt16, path: String, text: String
    ) throws {
        let url = try PublishURL(given)
        #expect(url.isSecure == isSecure)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.path == path)
        #expect(url.text == text)
    }

    @Test(
        "what is no URL says why",
        arguments: [
            ("", PublishURLError.badScheme), ("h/", .badScheme), ("ws://h/", .badScheme), ("ftp://h/", .badScheme),
            ("http://h/#x", .fragment), ("http://", .malformed(.badHost)), ("http://h:0/", .malformed(.badPort)),
            ("http://h/a b", .malformed(.badPath)),
        ] as [(String, PublishURLError)])
    func mistakes(text: String, expected: PublishURLError) {
        #expect(throws: expected) { try PublishURL(text) }
        #expect(!expected.details.contains("ws://"))
        #expect(!expected.details.contains("WebSocket"))
    }
}
