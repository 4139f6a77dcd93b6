import Testing

@testable import Server

@Suite("ClientMessage")
struct ClientMessageTests {
    private func parse(_ text: String) throws(ValidationFailure) -> ClientMessage {
        try Array(text.utf8).span.withUnsafeBytes { bytes throws(ValidationFailure) in
            try ClientMessage(parsing: bytes)
        }
    }

    @Test(
        "the four types are understood, with further fields and white space",
        arguments: [
            (#"{"type":"ping"}"#, .ping), (" \n{\"type\":\"heartbeat\",\"extra\":[1,{}]}\t", .heartbeat),
            (#"{"channels":["gesture","gesture"],"type":"subscribe"}"#, .subscribe([.gesture, .gesture])),
            (
                #"{"type":"unsubscribe","channels":["ai_response","system"]}"#,
                .unsubscribe([.aiResponse, .system])
            ),
            (#"{"type":"p\u0069ng"}"#, .ping),
        ] as [(String, ClientMessage)])
    func understood(text: String, message: ClientMessage) throws {
        #expect(try parse(text) == message)
    }

    @Test(
        "what is wrong is said",
        arguments: [
            ("", "expected a JSON object"), ("null", "expected a JSON object"),
            (#""ping""#, "expected a JSON object"),
            ("{}", "type: missing"), (#"{"type":null}"#, "type: must not be null"),
            (#"{"type":"Ping"}"#, "type: expected subscribe, unsubscribe, ping or heartbeat, found \"Ping\""),
            (#"{"type":"subscribe"}"#, "channels: expected at least one of gesture, ai_response, system"),
            (
                #"{"type":"subscribe","channels":null}"#,
                "channels: expected at least one of gesture, ai_response, system"
            ),
            (
                #"{"type":"subscribe","channels":[]}"#,
                "channels: expected at least one of gesture, ai_response, system"
            ),
            (
                #"{"type":"subscribe","channels":["x"]}"#,
                "channels: expected gesture, ai_response or system, found \"x\""
            ),
        ])
    func refused(text: String, details: String) {
        #expect(throws: ValidationFailure(details)) { try parse(text) }
    }

    @Test(
        "mistyped fields and broken JSON are failures",
        arguments: [
            #"{"type":1}"#, #"{"type":"ping""#, #"{"type":"ping"}}"#,
            #"{"type":"subscribe","channels":"gesture"}"#,
            #"{"type":"subscribe","channels":["gesture",1]}"#, "{'type':'ping'}", #"{"type":"ping",}"#, "{,}",
            "{\"type\":\"ping\u{0}\"}", "{" + String(repeating: "[", count: 100_000) + "}",
        ])
    func broken(text: String) {
        #expect(throws: ValidationFailure.self) { try parse(text) }
    }

    @Test("a long unknown name is not given back in full")
    func bounded() {
        let error = #expect(throws: ValidationFailure.self) {
            try parse(#"{"type":"\#(String(repeating: "t", count: 100_000))"}"#)
        }
        #expect((error?.description.utf8.count ?? .max) < 200)
    }
}
