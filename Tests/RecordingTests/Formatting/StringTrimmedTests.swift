import Testing

@testable import Recording

@Suite("String: trimmed")
struct StringTrimmedTests {
    @Test(
        "white space goes at both ends only",
        arguments: [("", ""), ("  ", ""), (" a b\t\n", "a b"), ("a", "a")])
    func trimmed(text: String, expected: String) {
        #expect(text.trimmed == expected)
    }
}
