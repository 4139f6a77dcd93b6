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
            (#"{"type":"p\u0069ng"}"#, .ping), (#"{"t\u0079pe":"ping","channels":5}"#, .ping),
        ] as [(String, ClientMessage)])
    func understood(text: String, message: ClientMessage) throws {
        #expect(try parse(text) == message)
    }

    @Test(
        "what is wrong is said",
        arguments: [
            ("", "expected a JSON object"), ("null", "expected a JSON object"),
            (#""ping""#, "expected a JSON object"), ("\u{feff}{}", "expected a JSON object"),
            ("{}", "type: expected subscribe, unsubscribe, ping or heartbeat, found nothing"),
            (#"{"type":null}"#, "type: expected subscribe, unsubscribe, ping or heartbeat, found null"),
            (#"{"type":1}"#, "type: expected subscribe, unsubscribe, ping or heartbeat, found 1"),
            (#"{"type":"Ping"}"#, "type: expected subscribe, unsubscribe, ping or heartbeat, found \"Ping\""),
            (#"{"type":"ping","type":"ping"}"#, "type: given twice in one object"),
            (#"{"type":"ping",}"#, "not valid JSON at byte 15"),
            (
                #"{"type":"subscribe"}"#,
                "channels: expected one to 16 of gesture, ai_response, system, found nothing"
            ),
            (
                #"{"type":"subscribe","channels":null}"#,
                "channels: expected one to 16 of gesture, ai_response, system, found null"
            ),
            (
                #"{"type":"unsubscribe","channels":[]}"#,
                "channels: expected one to 16 of gesture, ai_response, system, found an empty array"
            ),
            (
                #"{"type":"subscribe","channels":"gesture"}"#,
                "channels: expected one to 16 of gesture, ai_response, system, found \"gesture\""
            ),
            (
                #"{"type":"subscribe","channels":["gesture","x"]}"#,
                "channels[1]: expected gesture, ai_response or system, found \"x\""
            ),
            (
                #"{"type":"subscribe","channels":[{}]}"#,
                "channels[0]: expected gesture, ai_response or system, found an empty object"
            ),
        ] as [(String, String)])
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

    @Test("so many channels may be named at once as fit into a short answer", arguments: [16, 17, 100_000])
    func manyChannels(count: Int) throws {
        let names = [String](repeating: #""gesture""#, count: count).joined(separator: ",")
        let text = #"{"type":"subscribe","channels":[\#(names)]}"#
        guard count > 16 else {
            #expect(try parse(text) == .subscribe([Channel](repeating: .gesture, count: count)))
            return
        }
        let details = "channels: expected one to 16 of gesture, ai_response, system, found an array"
        #expect(throws: ValidationFailure(details)) { try parse(text) }
    }

    @Test("a long unknown name is not given back in full")
    func bounded() {
        let error = #expect(throws: ValidationFailure.self) {
            try parse(#"{"type":"\#(String(repeating: "t", count: 100_000))"}"#)
        }
        #expect((error?.description.utf8.count ?? .max) < 200)
    }
}
