import Testing

@testable import Bench

@Suite("Search for bytes in a message")
struct ByteSearchTests {
    @Test(
        "finds the needle at the beginning, in the middle and at the end, and nowhere else",
        arguments: [
            ("abcdef", "abc", true), ("abcdef", "cd", true), ("abcdef", "def", true), ("aab", "ab", true),
            ("abcdef", "fe", false), ("ab", "abc", false), ("", "a", false), ("abc", "", true),
        ])
    func finds(text: String, needle: String, expected: Bool) {
        let found = Array(text.utf8).withUnsafeBytes { $0.contains(subsequence: Array(needle.utf8)) }
        #expect(found == expected)
    }
}
