import LoadGen
import Testing

@Suite("ByteNeedle")
struct ByteNeedleTests {
    @Test(
        "a text is found wherever it stands, and nowhere else",
        arguments: [
            ("ok", "ok", true), ("ok", "it is ok", true), ("ok", "ok then", true), ("ok", "o", false),
            ("ok", "", false),
            ("aab", "aaab", true), ("aab", "aaaaa", false), ("ok", "oko", true), ("ok", "ko", false),
            ("x", "abcx", true),
            ("\"subscribed\"", "{\"type\":\"subscribed\"}", true),
        ] as [(String, String, Bool)])
    func finding(text: String, haystack: String, expected: Bool) throws {
        let needle = try #require(ByteNeedle(text))
        let isFound = Array(haystack.utf8).withUnsafeBytes { needle.isIn($0) }
        #expect(isFound == expected)
    }

    @Test("nothing is no text to look for, and nothing is found in nothing")
    func empty() throws {
        #expect(ByteNeedle("") == nil)
        let needle = try #require(ByteNeedle("x"))
        #expect(!needle.isIn(UnsafeRawBufferPointer(start: nil, count: 0)))
    }
}
