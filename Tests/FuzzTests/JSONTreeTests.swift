import Testing

@testable import FuzzTargets

@Suite("Fuzzing: JSON")
struct JSONTreeTests {
    private func tree(_ text: String) -> JSONTree? { JSONTree(parsing: text.utf8) }

    private func isCovered(_ text: String) -> Bool { FoundationDialect.covers(Array(text.utf8)) }

    @Test("a tree has all that the text has")
    func values() throws {
        let found = tree(#"{"a": [1, "two", null, {"b": 2.5}], "timestamp": 1640000000000}"#)
        #expect(
            found?.members == [
                "a": .array([.scalar("1"), .string("two"), .null, .object(["b": .scalar("2.5")])]),
                "timestamp": .scalar("1640000000000"),
            ])
        #expect(tree(#""text""#) == .string("text"))
        #expect(tree(#""text""#)?.members == nil)
        #expect(tree("{") == nil)
    }

    @Test("what differs is told apart", arguments: [("1", "2"), ("[1]", "[1,1]"), ("{}", "[]"), ("\"1\"", "1")])
    func differences(one: String, other: String) {
        #expect(tree(one) != nil)
        #expect(tree(one) != tree(other))
    }

    @Test(
        "what Foundation reads as the RFC has it is compared",
        arguments: [#"{"a":1}"#, #"{"a":-1.25e-10}"#, #"{"a":"\u00e9\n"}"#, "123456789012345678901234567890"])
    func covered(text: String) {
        #expect(isCovered(text))
        #expect(tree(text) != nil)
    }

    @Test(
        "what it does not is left out",
        arguments: [#""\ud800""#, #""\uDC00""#, "1e400", "1E+400", "1234567890123456789012345678901"])
    func leftOut(text: String) {
        #expect(!isCovered(text))
    }
}
