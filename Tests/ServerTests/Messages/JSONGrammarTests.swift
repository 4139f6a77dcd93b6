import Testing

@testable import Server

@Suite("JSONGrammar")
struct JSONGrammarTests {
    private func accepts(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBytes { JSONGrammar.accepts($0) }
    }

    @Test(
        "JSON values are accepted",
        arguments: [
            "{}", "[]", "null", "true", "false", "0", "-0", "10.25", "1e5", "1E-5", "-1.5e+10", "\"\"",
            "\"é\\n\\u00fF\\/\"",
            "{ \"a\" : [ 1 , { \"b\" : null } ] , \"a\" : \"\" }", "[[],[[]]]", "\"\\ud800\"",
        ])
    func accepted(text: String) { #expect(accepts(text)) }

    @Test(
        "anything else is not",
        arguments: [
            "", " 1", "1 ", "{", "}", "[", "]", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
            "{a:1}", "{1:1}",
            "01", "1.", ".1", "+1", "-", "1e", "1e+", "0x1", "nul", "nulll", "True", "\"", "\"\\\"",
            "\"\\x\"", "\"\\u12\"",
            "\"\\u123g\"", "\"\t\"", "[\u{0b}]", "'a'", "1,2", "NaN", "Infinity", "// c\n1",
        ])
    func refused(text: String) { #expect(!accepts(text)) }

    @Test("nesting is bounded")
    func depth() {
        let deepest = JSONGrammar.maximumDepth
        #expect(accepts(String(repeating: "[", count: deepest) + String(repeating: "]", count: deepest)))
        #expect(
            !accepts(String(repeating: "[", count: deepest + 1) + String(repeating: "]", count: deepest + 1)))
        #expect(!accepts(String(repeating: "[", count: 1 << 20)))
    }
}
