import Testing

@testable import WebSocketWire

@Suite("HTTPAuthority, RFC 3986 §3.2")
struct HTTPAuthorityTests {
    private func parse(_ text: String) throws -> HTTPAuthority { try HTTPAuthority(parsing: ArraySlice(text.utf8)) }

    @Test(
        "a host may have a port, and an IPv6 address has brackets",
        arguments: [
            ("h", "h", nil), ("h:1", "h", 1), ("App.Example:65535", "App.Example", 65_535),
            ("127.0.0.1", "127.0.0.1", nil),
            ("[::1]", "::1", nil), ("[::ffff:1.2.3.4]:80", "::ffff:1.2.3.4", 80), ("h:0080", "h", 80),
        ] as [(String, String, UInt16?)])
    func parsed(text: String, host: String, port: UInt16?) throws {
        #expect(try parse(text) == HTTPAuthority(host: host, port: port))
    }

    @Test("a slice that does not begin at 0 is parsed alike")
    func slice() throws {
        let bytes = Array("https://[::1]:9".utf8)
        #expect(try HTTPAuthority(parsing: bytes[8...]) == HTTPAuthority(host: "::1", port: 9))
    }

    @Test(
        "what is none is refused",
        arguments: [
            ("", .badHost), (":1", .badHost), ("a b", .badHost), ("u@h", .badHost), ("[::1", .badHost), ("[", .badHost),
            ("[]", .badHost), ("[h]", .badHost), ("[::1]1", .badHost), ("::1", .badHost), ("\u{e9}", .badHost),
            ("h:", .badPort), ("h:0", .badPort), ("h:65536", .badPort), ("h:-1", .badPort), ("h:1:2", .badPort),
            ("[::1]:", .badPort),
        ] as [(String, HTTPAuthorityError)])
    func refused(text: String, error: HTTPAuthorityError) {
        #expect(throws: error) { try parse(text) }
    }

    @Test("the text leaves out the default port only")
    func text() {
        let authority = HTTPAuthority(host: "::1", port: 80)
        #expect(authority.text(defaultPort: 80) == "[::1]")
        #expect(authority.text(defaultPort: 443) == "[::1]:80")
        #expect(authority.text(defaultPort: nil) == "[::1]:80")
        #expect(HTTPAuthority(host: "h", port: nil).text(defaultPort: nil) == "h")
    }
}
