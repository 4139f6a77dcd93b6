import Testing

@testable import Server

@Suite("GestureMessage")
struct GestureMessageTests {
    private func serialize(_ body: String) throws(ValidationFailure) -> String {
        String(
            decoding: try GestureMessage.serialize(body: Array(body.utf8), nowMilliseconds: 1234),
            as: UTF8.self)
    }

    private func gesture(
        confidence: String = "0.5", position: String = #"{"x":1,"y":-2e3}"#, rest: String = ""
    ) -> String {
        #"{"type":"wave","position":\#(position),"confidence":\#(confidence)\#(rest)}"#
    }

    @Test("a gesture is broadcast as the specification prints it")
    func specification() throws {
        let data = #"{"type":"wave","position":{"x":0.5,"y":0.5},"confidence":0.92,"timestamp":1640000000000}"#
        #expect(try serialize(data) == #"{"type":"gesture","data":\#(data)}"#)
    }

    @Test(
        "what is wrong is said: where, what was expected, what was found",
        arguments: [
            ("[]", "expected a JSON object"),
            ("{}", "type: expected a string, found nothing"),
            (#"{"type":5}"#, "type: expected a string, found 5"),
            (#"{"type":"w"}"#, "position: expected an object with the numbers x and y, found nothing"),
            (#"{"type":"w","position":1}"#, "position: expected an object with the numbers x and y, found 1"),
            (#"{"type":"w","position":{"y":1}}"#, "position.x: expected a finite number, found nothing"),
            (#"{"type":"w","position":{"x":1,"y":1e400}}"#, "position.y: expected a finite number, found 1e400"),
            (#"{"type":"w","position":{"x":null,"y":1}}"#, "position.x: expected a finite number, found null"),
            (#"{"type":"w","position":{"x":1,"x":2}}"#, "x: given twice in one object"),
            (#"{"type":"w","position":{"x":1,"y":2}}"#, "confidence: expected a number from 0 to 1, found nothing"),
            (
                #"{"type":"w","position":{"x":1,"y":2},"confidence":1.5}"#,
                "confidence: expected a number from 0 to 1, found 1.5"
            ),
            (
                #"{"type":"w","position":{"x":1,"y":2},"confidence":1,"timestamp":1.5}"#,
                "timestamp: expected a whole number of milliseconds from 0 on, found 1.5"
            ),
            (
                #"{"type":"w","position":{"x":1,"y":2},"confidence":1,"timestamp":1,"confidence":5}"#,
                "confidence: given twice in one object"
            ),
        ] as [(String, String)])
    func details(body: String, details: String) {
        #expect(throws: ValidationFailure(details)) { try serialize(body) }
    }

    @Test("a whole number of milliseconds may be written in any way", arguments: ["0", "-0", "1e3", "1000.0"])
    func timestamps(value: String) throws {
        let body = gesture(rest: #","timestamp":\#(value)"#)
        #expect(try serialize(body) == #"{"type":"gesture","data":\#(body)}"#)
    }

    @Test("the body goes into the envelope as it is, with a timestamp where it has none")
    func splice() throws {
        let body = gesture(rest: #","hand":{"left":[true,null]}"#)
        #expect(
            try serialize(body) == #"{"type":"gesture","data":"# + body.dropLast() + #","timestamp":1234}}"#)
        let stamped = gesture(rest: #","timestamp":0"#)
        #expect(try serialize("\r\n \(stamped)\t") == #"{"type":"gesture","data":\#(stamped)}"#)
    }

    @Test("confidence is 0 to 1, both included", arguments: ["0", "1", "0.0", "1e-9", "-0.0"])
    func confidence(value: String) throws { _ = try serialize(gesture(confidence: value)) }

    @Test(
        "anything else is a failure",
        arguments: [
            ["-0.0001"], ["1.0000001"], ["1e999"], ["NaN"], ["\"1\""], ["null"], ["true"], ["Infinity"],
        ])
    func badConfidence(value: [String]) {
        #expect(throws: ValidationFailure.self) { try serialize(gesture(confidence: value[0])) }
    }

    @Test(
        "the position is an object of two finite numbers",
        arguments: [
            "null", "[1,2]", #"{"x":1}"#, #"{"x":1,"y":"2"}"#, #"{"x":1e999,"y":0}"#, #"{"x":NaN,"y":0}"#,
            #"{"x":1,"y":null}"#,
        ])
    func badPosition(value: String) {
        #expect(throws: ValidationFailure.self) { try serialize(gesture(position: value)) }
    }

    @Test(
        "the timestamp is a whole number of milliseconds from 0 on",
        arguments: [
            "-1", "null", "1.5", "\"1\"", "1e30", "9223372036854775808", "[]",
        ])
    func badTimestamp(value: String) {
        #expect(throws: ValidationFailure.self) { try serialize(gesture(rest: #","timestamp":\#(value)"#)) }
    }

    @Test(
        "what is no JSON object in UTF-8 is a failure",
        arguments: [
            "", " ", "{}", "[]", "null", "{", "}", "{}{}", #"{"type":"wave","#,
            #"{"type":"wave","position":{"x":1,"y":2},"confidence":1,}"#,
            #"{"type":"wave","position":{"x":1,"y":2},"confidence":1}}"#,
            #"{"type":"wave","position":{"x":1,"y":2},"confidence":1} /* c */ {}"#,
            #"{"type":"wave" /* c */,"position":{"x":1,"y":2},"confidence":1}"#,
            #"{"type":5,"position":{"x":1,"y":2},"confidence":1}"#,
            #"{"position":{"x":1,"y":2},"confidence":1}"#,
        ])
    func broken(body: String) {
        #expect(throws: ValidationFailure.self) { try serialize(body) }
    }

    @Test(
        "fields that nobody decodes must be JSON all the same: they are passed on",
        arguments: [
            "[1,]", "{,}", "01", "1.", "-", "+1", ".5", "1e", "\"\\q\"", "\"\\u12g4\"", "tru", "\"a\nb\"",
            "1 2", "'a'", "",
        ])
    func unknownFields(value: String) {
        #expect(throws: ValidationFailure.self) { try serialize(gesture(rest: #","extra":\#(value)"#)) }
        #expect(throws: ValidationFailure.self) {
            try serialize(gesture(rest: #","timestamp":1,"extra":\#(value)"#))
        }
    }

    @Test("other encodings than UTF-8 are refused, not guessed")
    func encodings() {
        let body = gesture()
        let utf16 = body.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let latin1 = Array(gesture(rest: #","who":""#).utf8.dropLast()) + [0xe9] + Array(#""}"#.utf8)
        for bytes in [utf16, [0xff, 0xfe] + utf16, latin1, [0xef, 0xbb, 0xbf] + Array(body.utf8)] {
            #expect(throws: ValidationFailure.self) {
                try GestureMessage.serialize(body: bytes, nowMilliseconds: 0)
            }
        }
    }

    @Test("nesting without end is a failure, not a crash", arguments: ["[", #"{"a":"#])
    func nesting(opening: String) {
        let nested = String(repeating: opening, count: 200_000)
        #expect(throws: ValidationFailure.self) { try serialize(gesture(rest: #","deep":\#(nested)"#)) }
    }
}
