import Testing

@testable import Server

@Suite("SystemMessage")
struct SystemMessageTests {
    private func serialize(_ body: String) throws(ValidationFailure) -> String {
        String(
            decoding: try SystemMessage.serialize(body: Array(body.utf8), nowMilliseconds: 1_640_000_000_000),
            as: UTF8.self)
    }

    @Test("a system message is broadcast as the specification prints it, with and without a timestamp of its own")
    func specification() throws {
        let data = #"{"event":"service_started","service":"vision","message":"Vision service connected""#
        let expected = #"{"type":"system","data":\#(data),"timestamp":1640000000000}}"#
        #expect(try serialize(data + "}") == expected)
        #expect(try serialize(data + #","timestamp":1640000000000}"#) == expected)
    }

    @Test(
        "all events of the specification pass",
        arguments: ["service_started", "service_stopped", "connection_count", "status_update"])
    func events(event: String) throws {
        let data = #"{"event":"\#(event)","service":"","message":"","timestamp":5}"#
        #expect(try serialize(data) == #"{"type":"system","data":\#(data)}"#)
    }

    @Test("what the specification does not know passes through unchanged; only the white space around the body goes")
    func unknownFields() throws {
        let data = #"{ "count":3,"event":"status_update" , "service":"a\u0062","message":"é","x":{"y":[null]} "#
        #expect(try serialize("\n" + data + "}\t") == #"{"type":"system","data":\#(data),"timestamp":1640000000000}}"#)
    }

    @Test("strings are as long as a body may be")
    func long() throws {
        let text = String(repeating: "é", count: 1 << 19)
        let data = #"{"event":"status_update","service":"s","message":"\#(text)","timestamp":0}"#
        #expect(try serialize(data).utf8.count == data.utf8.count + #"{"type":"system","data":}"#.utf8.count)
    }

    private static let everyEvent = "service_started, service_stopped, connection_count or status_update"

    @Test(
        "what is wrong is said: where, what was expected, what was found",
        arguments: [
            ("", "expected a JSON object"), ("[]", "expected a JSON object"), ("{", "expected a JSON object"),
            ("{}", "event: expected \(everyEvent), found nothing"),
            (#"{"event":"x"}"#, "event: expected \(everyEvent), found \"x\""),
            (#"{"event":"Service_started"}"#, "event: expected \(everyEvent), found \"Service_started\""),
            (#"{"event":null}"#, "event: expected \(everyEvent), found null"),
            (#"{"event":7}"#, "event: expected \(everyEvent), found 7"),
            (#"{"event":"service_stopped"}"#, "service: expected a string, found nothing"),
            (#"{"event":"service_stopped","service":{}}"#, "service: expected a string, found an empty object"),
            (
                #"{"event":"status_update","service":"\udc00"}"#,
                "service: expected a string, found half a surrogate pair"
            ),
            (#"{"event":"service_stopped","service":"s"}"#, "message: expected a string, found nothing"),
            (#"{"event":"service_stopped","service":"s","message":true}"#, "message: expected a string, found true"),
            (
                #"{"event":"service_stopped","service":"s","message":"","timestamp":-1}"#,
                "timestamp: expected a whole number of milliseconds from 0 on, found -1"
            ),
            (
                #"{"event":"service_stopped","service":"s","message":"","timestamp":null}"#,
                "timestamp: expected a whole number of milliseconds from 0 on, found null"
            ),
            (
                #"{"event":"service_stopped","service":"s","message":"","timestamp":"1"}"#,
                "timestamp: expected a whole number of milliseconds from 0 on, found \"1\""
            ),
            (#"{"event":"x","\u0065vent":"service_stopped"}"#, "event: given twice in one object"),
            (#"{"event":"x","extra":[1,]}"#, "not valid JSON at byte 24"),
        ] as [(String, String)])
    func refused(body: String, details: String) {
        #expect(throws: ValidationFailure(details)) { try serialize(body) }
    }
}
