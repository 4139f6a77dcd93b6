import Testing

@testable import Server

@Suite("JSONGrammar")
struct JSONGrammarTests {
    /// What is wrong with an object; nil where nothing is.
    private func problem(_ object: String) -> String? {
        do throws(ValidationFailure) {
            try Array(object.utf8).span.withUnsafeBytes { bytes throws(ValidationFailure) in
                _ = try JSONGrammar.members(of: bytes)
            }
            return nil
        } catch {
            return error.description
        }
    }

    private func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test(
        "JSON values are accepted",
        arguments: [
            "{}", "[]", "null", "true", "false", "0", "-0", "10.25", "1e5", "1E-5", "-1.5e+10", "\"\"",
            "\"é\\n\\u00fF\\/\"",
            "{ \"a\" : [ 1 , { \"b\" : null } ] , \"c\" : \"\" }", "[[],[[]]]", "\"\\ud800\"", "[ ]", "{ }",
        ])
    func accepted(value: String) {
        #expect(problem(#"{"v":\#(value)}"#) == nil)
        #expect(problem(#"{ "v" : [ \#(value) , \#(value) ] }"#) == nil)
    }

    @Test(
        "anything else is not",
        arguments: [
            "", "{", "}", "[", "]", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:1}",
            "01", "1.", ".1", "+1", "-", "1e", "1e+", "0x1", "nul", "nulll", "True", "\"", "\"\\\"",
            "\"\\x\"", "\"\\u12\"",
            "\"\\u123g\"", "\"\t\"", "[\u{0b}]", "'a'", "1,2", "NaN", "Infinity", "// c\n1",
        ])
    func refused(value: String) {
        #expect(problem(#"{"v":\#(value)}"#)?.hasPrefix("not valid JSON at byte ") == true)
        #expect(problem(#"{"w":{"v":\#(value)},"x":1}"#)?.hasPrefix("not valid JSON at byte ") == true)
    }

    @Test(
        "an error says where",
        arguments: [
            ("", 0), (" {}", 0), ("{} ", 2), ("{}{}", 2), ("[]", 0), ("1", 0), (#"{"a":01}"#, 6), (#"{"a":1,}"#, 7),
            (#"{"a":tru}"#, 5), (#"{"a":"\x"}"#, 7), (#"{"a":"\u12g4"}"#, 10), ("{\"a\":\"b\nc\"}", 7), ("{,}", 1),
            (#"{"a" 1}"#, 5), (#"{"a":"b"#, 7), (#"{"a":1"#, 6),
        ])
    func position(object: String, byte: Int) {
        #expect(problem(object) == "not valid JSON at byte \(byte)")
    }

    @Test("what is cut off anywhere is an error, and nothing is read beyond its end")
    func truncation() {
        let object = Array(#"{"a":[1.5e+3,"\u00e9\n",true,{"b":null}],"c":{}}"#.utf8)
        for end in 0..<object.count {
            #expect(problem(String(decoding: object[..<end], as: UTF8.self)) != nil)
        }
        #expect(problem(String(decoding: object, as: UTF8.self)) == nil)
    }

    @Test("nesting is bounded, of arrays and of objects")
    func depth() {
        // The outermost object is a level too.
        let deepest = JSONGrammar.maximumDepth - 1
        func nested(_ opening: String, _ closing: String, _ count: Int) -> String {
            let openings = String(repeating: opening, count: count)
            let closings = String(repeating: closing, count: count)
            return #"{"v":\#(openings)1\#(closings)}"#
        }
        for (opening, closing) in [("[", "]"), (#"{"v":"#, "}"), (" [ ", " ] ")] {
            #expect(problem(nested(opening, closing, deepest)) == nil)
            #expect(problem(nested(opening, closing, deepest + 1)) == "nested more than 128 levels deep")
            #expect(problem(nested(opening, closing, 1 << 18)) == "nested more than 128 levels deep")
        }
    }

    @Test(
        "a name that one object has twice is an error, however it is written and at any depth",
        arguments: [
            (#"{"a":1,"a":1}"#, "a"), (#"{"a":1,"b":2,"\u0061":3}"#, "a"), (#"{"x":[{"b":{},"b":{}}]}"#, "b"),
            (#"{"é":1,"\u00e9":2}"#, "é"), (#"{"😀":1,"\ud83d\ude00":2}"#, "😀"), (#"{"":1,"":2}"#, ""),
            (#"{"\n":1,"\u000a":2}"#, "\n"), (#"{"/":1,"\/":2}"#, "/"), (#"{"\ud800":1,"\uD800":2}"#, ""),
        ])
    func repeated(object: String, name: String) {
        #expect(problem(object) == "\(name): given twice in one object")
    }

    @Test(
        "names that differ are fine",
        arguments: [
            #"{"a":{"a":{"a":1}},"b":{"a":1}}"#, #"[{"a":1},{"a":2}]"#, #"{"a":1,"A":2,"a ":3}"#,
            #"{"é":1,"e\u0301":2}"#, #"{"\ud800":1,"\ud801":2}"#, #"{"a\\":1,"a":2}"#,
        ])
    func distinct(value: String) {
        #expect(problem(#"{"v":\#(value)}"#) == nil)
    }

    @Test("many names are told apart as few are", arguments: [2, 15, 16, 17, 18, 5_000])
    func manyNames(count: Int) {
        let members = (0..<count).map { #""n\#($0)":{"n0":0}"# }
        #expect(problem("{\(members.joined(separator: ","))}") == nil)
        for again in [0, count / 2, count - 1] {
            let all = members + [#""n\#(again)":1"#]
            #expect(problem("{\(all.joined(separator: ","))}") == "n\(again): given twice in one object")
        }
    }

    @Test("a name may be a kilobyte long", arguments: [1_024, 1_025])
    func longNames(byteCount: Int) {
        let name = String(repeating: "n", count: byteCount)
        #expect(problem(#"{"\#(name)":1}"#) == (byteCount > 1_024 ? "a name of more than 1024 bytes" : nil))
        #expect(problem(#"{"a":[{"\#(name)":1}]}"#) == (byteCount > 1_024 ? "a name of more than 1024 bytes" : nil))
    }

    @Test("members and elements come in order, without the white space around them")
    func contents() throws {
        let object = Array(#"{ "b" : [ 1 , "x" ] ,"a":{"c":2,"d":3}, "e":-1.5e3 }"#.utf8)
        try object.withUnsafeBytes { bytes in
            let members = try JSONGrammar.members(of: bytes)
            #expect(members.map { $0.name.string } == ["b", "a", "e"])
            #expect(members.map { text($0.value) } == [#"[ 1 , "x" ]"#, #"{"c":2,"d":3}"#, "-1.5e3"])
            let first = try #require(members.first)
            #expect(try JSONGrammar.elements(of: first.value, first: 5).map { text($0) } == ["1", #""x""#])
            #expect(try JSONGrammar.elements(of: first.value, first: 1).map { text($0) } == ["1"])
        }
        let none = try Array("[ ]".utf8).withUnsafeBytes { try JSONGrammar.elements(of: $0, first: 5).count }
        #expect(none == 0)
    }

    @Test("elements are asked of one whole array only", arguments: ["", "{}", "[", "[1", "[1]2", "[1,]", "[1,2,x]"])
    func noArray(text: String) {
        #expect(throws: ValidationFailure.self) {
            try Array(text.utf8).withUnsafeBytes { bytes in _ = try JSONGrammar.elements(of: bytes, first: 1) }
        }
    }
}
