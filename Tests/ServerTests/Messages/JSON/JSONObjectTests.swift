import Testing

@testable import Server

@Suite("JSONObject")
struct JSONObjectTests {
    private enum Side: String, CaseIterable {
        case left
        case right
        case leftAndRight = "left_and_right"
    }

    private func with<Result>(_ text: String, _ body: (JSONObject) throws -> Result) throws -> Result {
        try Array(text.utf8).withUnsafeBytes { try body(JSONObject($0)) }
    }

    /// What is wrong with the member `v`, as `read` sees it.
    private func problem(_ value: String, _ read: (JSONObject) throws -> Void) throws -> String? {
        let error = #expect(throws: ValidationFailure.self) { try with(#"{"v":\#(value)}"#, read) }
        return error?.description
    }

    @Test("white space around the object does not matter, anything else does")
    func trimming() throws {
        #expect(try with(" \r\n\t{ }\n") { String(decoding: $0.bytes, as: UTF8.self) } == "{ }")
        for text in ["", " ", "{", "}", "[]", "null", "\u{0b}{}", "{}\u{0}", "\u{feff}{}"] {
            #expect(throws: ValidationFailure("expected a JSON object")) { try with(text) { _ in } }
        }
        #expect(throws: ValidationFailure("not valid UTF-8")) {
            try ([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d] as [UInt8]).withUnsafeBytes { _ = try JSONObject($0) }
        }
    }

    @Test("members are found by what their names mean")
    func lookUp() throws {
        try with(#"{"a":1,"\u0062":{"c":"x"},"d\"":null}"#) { object in
            #expect(object["a"]?.number == 1)
            let inner = try JSONObject(object.member("b", expected: "b"), expected: "b")
            #expect(inner["c"]?.string == "x")
            #expect(inner["c"]?.path == "b.c")
            #expect(object["d\""]?.kind == .null)
            #expect(object["c"]?.path == nil)
            #expect(object[""]?.path == nil)
        }
    }

    @Test(
        "what was found is said, in bounds",
        arguments: [
            ("1", "1"), ("-1.50e+3", "-1.50e+3"), ("null", "null"), ("true", "true"), ("false", "false"),
            (#""x\n""#, "\"x\n\""), (#""\ud800""#, "half a surrogate pair"), ("[]", "an empty array"),
            ("[ 1 ]", "an array"), ("{ }", "an empty object"), (#"{"a":1}"#, "an object"), ("\"\"", "\"\""),
        ])
    func found(value: String, words: String) throws {
        #expect(
            try problem(value) { _ = try $0.choice("v", of: Side.self) }
                == "v: expected left, right or left_and_right, found \(words)")
    }

    @Test("a long value is not given back in full")
    func bounded() throws {
        for value in ["\"\(String(repeating: "x", count: 100_000))\"", String(repeating: "1", count: 100_000)] {
            let description = try problem(value) { _ = try $0.choice("v", of: Side.self) }
            #expect((description?.utf8.count ?? .max) < 150)
        }
    }

    @Test("names of an enumeration are read, a missing one is said")
    func choices() throws {
        #expect(try with(#"{"v":"left_and_right"}"#) { try $0.choice("v", of: Side.self) } == .leftAndRight)
        #expect(throws: ValidationFailure("w: expected left, right or left_and_right, found nothing")) {
            try with(#"{"v":"left"}"#) { _ = try $0.choice("w", of: Side.self) }
        }
    }

    @Test(
        "whole numbers, however they are written",
        arguments: [
            ("0", 0), ("-0", 0), ("1640000000000", 1_640_000_000_000), ("1e3", 1000), ("1000.0", 1000),
            ("-2.5e1", -25),
            ("9223372036854775807", Int64.max), ("9007199254740992.0", 1 << 53), ("1.5", nil),
            ("9223372036854775808", nil),
            ("1e30", nil), ("1e400", nil), ("9007199254740994.0", nil), ("\"1\"", nil), ("null", nil), ("[]", nil),
        ] as [(String, Int64?)])
    func wholeNumbers(value: String, expected: Int64?) throws {
        #expect(try with(#"{"v":\#(value)}"#) { $0["v"]?.wholeNumber } == expected)
    }

    @Test(
        "numbers are finite",
        arguments: [
            ("0.5", 0.5), ("-2e3", -2000), ("1e308", 1e308), ("1e309", nil), ("-1e400", nil), ("\"1\"", nil),
        ] as [(String, Double?)])
    func numbers(value: String, expected: Double?) throws {
        #expect(try with(#"{"v":\#(value)}"#) { $0["v"]?.number } == expected)
    }

    @Test("ranges include their ends, and errors tell the number as it came")
    func ranges() throws {
        let check: (JSONObject) throws -> Void = { try $0.checkNumber("v", in: 0...1, expected: "a part") }
        for value in ["0", "1", "-0.0"] { try with(#"{"v":\#(value)}"#, check) }
        #expect(try problem("1.0000001", check) == "v: expected a part, found 1.0000001")
        #expect(try problem("-1e-9", check) == "v: expected a part, found -1e-9")
        #expect(try problem("1e400", check) == "v: expected a part, found 1e400")
    }

    @Test("elements of arrays know their place")
    func elements() throws {
        try with(#"{"v":["a", 2],"w":5}"#) { object in
            let elements = try #require(try object["v"]?.elements(atMost: 2))
            #expect(elements.map(\.path) == ["v[0]", "v[1]"])
            #expect(elements.map(\.kind) == [.string, .number])
            #expect(try object["v"]?.elements(atMost: 1)?.count == nil)
            #expect(try object["w"]?.elements(atMost: 2)?.count == nil)
        }
    }
}
