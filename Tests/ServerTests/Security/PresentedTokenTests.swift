import Testing
import WebSocketWire

@testable import Server

@Suite("PresentedToken")
struct PresentedTokenTests {
    @Test(
        "the bearer token is taken from one well-formed Authorization field",
        arguments: [
            ("Bearer abc", "abc"), ("bearer abc", "abc"), ("BEARER abc", "abc"), ("Bearer   abc", "abc"),
            ("Bearer a.b_c~d-e+f", "a.b_c~d-e+f"),
            ("Bearer", nil), ("Bearer ", nil), ("", nil), ("abc", nil), ("Bearerabc", nil), ("Bearer: abc", nil),
            ("Bearer\tabc", nil), ("Bearer a b", nil), ("Basic YTpi", nil), ("Bear er abc", nil), ("Token abc", nil),
            ("Be\u{e4}rer abc", nil),
        ] as [(String, String?)])
    func bearer(value: String, token: String?) {
        #expect(PresentedToken.bearer(.fields([("authorization", value)])) == token)
    }

    @Test("without the field there is none, and with two it is not guessed which one counts")
    func fieldCount() {
        #expect(PresentedToken.bearer(.fields([])) == nil)
        #expect(PresentedToken.bearer(.fields([("X-Authorization", "Bearer a")])) == nil)
        let twice = [("Authorization", "Bearer a"), ("Authorization", "Bearer a")]
        #expect(PresentedToken.bearer(.fields(twice)) == nil)
    }

    @Test("subprotocols come in their order from all fields, as many as are looked at")
    func subprotocols() {
        let fields = [("Sec-WebSocket-Protocol", "chat, a"), ("sec-websocket-protocol", " b ,,c")]
        #expect(Array(PresentedToken.subprotocols(.fields(fields))) == ["chat", "a", "b", "c"])
        #expect(PresentedToken.subprotocols(.fields([])).isEmpty)
        let many = (0..<100).map(String.init).joined(separator: ",")
        let looked = PresentedToken.subprotocols(.fields([("Sec-WebSocket-Protocol", many)]))
        #expect(Array(looked) == (0..<PresentedToken.subprotocolLimit).map(String.init))
    }
}
