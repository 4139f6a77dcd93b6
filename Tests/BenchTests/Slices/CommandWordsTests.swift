import Testing

@testable import Bench

@Suite("CommandWords")
struct CommandWordsTests {
    private func words(_ text: String, port: UInt16 = 4_000) throws -> [String] {
        try CommandWords(parsing: text, needsPort: false).words(port: port)
    }

    @Test(
        "words are split as a shell splits them",
        arguments: [
            ("a", ["a"]), ("  a \t b\nc ", ["a", "b", "c"]),
            ("'a b' c", ["a b", "c"]), ("\"a b\"c", ["a bc"]), ("a'b'\"c\"d", ["abcd"]),
            ("'' a \"\"", ["", "a", ""]),
            (#"a\ b"#, ["a b"]), (#"\'a\'"#, ["'a'"]), (#"'a\'"#, [#"a\"#]),
            (#""a\"b\\c\$d\`e""#, [#"a"b\c$d`e"#]), (#""a\nb""#, [#"a\nb"#]),
            ("a\\\nb", ["ab"]), ("\"a\\\nb\"", ["ab"]),
            ("\"it's\" 'say \"x\"'", ["it's", "say \"x\""]), ("é\u{301}' 'x", ["é\u{301} x"]),
            ("a\u{a0}b", ["a\u{a0}b"]),
        ] as [(String, [String])])
    func split(text: String, expected: [String]) throws {
        #expect(try words(text) == expected)
    }

    @Test("nothing is expanded")
    func noExpansion() throws {
        let text = "$HOME ~ * $(x) `y` a;b && c | d > e # f"
        #expect(try words(text) == text.split(separator: " ").map(String.init))
    }

    @Test("the port goes wherever its mark stands, in quotes as well")
    func port() throws {
        #expect(
            try words("serve --port {port} 'ws://x:{port}/' {port}{port} { port }", port: 81)
                == ["serve", "--port", "81", "ws://x:81/", "8181", "{", "port", "}"])
    }

    @Test(
        "what is no command is told in one line",
        arguments: [
            ("", CommandWordsError.empty), (" \n", .empty), ("a 'b", .unterminatedQuote("'", in: "a 'b")),
            ("a \"b'", .unterminatedQuote("\"", in: "a \"b'")), ("a\n\\", .endsInBackslash("a\n\\")),
            ("serve", .noPort("serve")),
        ])
    func refusal(text: String, expected: CommandWordsError) {
        #expect(throws: expected) { try CommandWords(parsing: text, needsPort: true) }
        #expect(!expected.description.contains("\n"))
    }
}
