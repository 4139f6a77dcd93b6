import Testing

@testable import Server

@Suite("AllowedOrigin, RFC 6454")
struct AllowedOriginTests {
    @Test(
        "an origin is scheme, host and port, in one way of writing",
        arguments: [
            ("https://app.example:8443", "https://app.example:8443"), ("HTTPS://App.Example", "https://app.example"),
            ("https://a:443", "https://a"), ("http://a:80", "http://a"), ("https://a:80", "https://a:80"),
            ("http://a:443", "http://a:443"), ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"), ("http://[FE80::1]", "http://[fe80::1]"),
            ("chrome-extension://abcdef", "chrome-extension://abcdef"),
            ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"), ("null", "null"),
        ] as [(String, String)])
    func parsed(text: String, written: String) throws {
        let origin = try AllowedOrigin(parsing: text)
        #expect(origin.description == written)
        #expect(try AllowedOrigin(parsing: written) == origin)
    }

    @Test("origins that differ in scheme, host or port are different")
    func different() throws {
        let texts = ["https://a", "http://a", "https://b", "https://a:80", "http://a:443", "wss://a", "null"]
        for (index, left) in texts.enumerated() {
            for (other, right) in texts.enumerated() {
                let isEqual = try AllowedOrigin(parsing: left) == AllowedOrigin(parsing: right)
                #expect(isEqual == (index == other), "\(left) \(right)")
            }
        }
    }

    @Test("anything else is refused with the reason")
    func refused() {
        let cases: [((String) -> AllowedOriginError, [String])] = [
            (
                AllowedOriginError.badScheme,
                [
                    "", "*", "app.example", "app.example:8443", "https:", "https:/a", "//a", "://a", "1http://a",
                    "ht tp://a", "NULL", "null ", " https://a", "h\u{e4}://a",
                ]
            ),
            (
                AllowedOriginError.badHost,
                [
                    "https://", "https://:80", "https://*", "https://*.example", "https://a b", "https://user@a",
                    "https://[::1", "https://[]", "https://[a]", "https://[::1]a", "https://b\u{fc}cher.example",
                    "https://a,https:b", "https://::1",
                ]
            ),
            (
                AllowedOriginError.badPort,
                ["https://a:", "https://a:0", "https://a:65536", "https://a:8x", "https://a:*", "https://a:1:2"]
            ),
            (
                AllowedOriginError.path,
                ["https://a/", "https://a:1/", "https://a/b", "https://a?b", "https://a#b", "https:///"]
            ),
        ]
        for (error, texts) in cases {
            for text in texts {
                #expect(throws: error(text)) { try AllowedOrigin(parsing: text) }
            }
        }
    }

    @Test(
        "messages say what was expected",
        arguments: [
            (.badScheme("x"), "expected an origin such as https://app.example:8443, or null, found 'x'"),
            (
                .badHost("https://*"),
                "expected an origin's host to be a name (without *), an IPv4 address or [IPv6], found 'https://*'"
            ),
            (
                .badPort("https://a:0"),
                "expected an origin's port to be a number from 1 to 65535, found 'https://a:0'"
            ),
            (
                .path("https://a/"),
                "expected an origin without a path, a query or a / at its end, found 'https://a/'"
            ),
        ] as [(AllowedOriginError, String)])
    func messages(error: AllowedOriginError, text: String) {
        #expect(error.description == text)
    }
}
