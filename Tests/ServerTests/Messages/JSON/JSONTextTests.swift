import Testing

@testable import Server

@Suite("JSONText")
struct JSONTextTests {
    private func bytes(_ content: String) -> [UInt8] {
        Array(content.utf8).withUnsafeBytes { Array(JSONText($0)) }
    }

    private func string(_ content: String) -> String? {
        Array(content.utf8).withUnsafeBytes { JSONText($0).string }
    }

    @Test(
        "escapes mean what RFC 8259 §7 says",
        arguments: [
            ("", ""), ("plain", "plain"), (#"\"\\\/"#, "\"\\/"), (#"\b\f\n\r\t"#, "\u{8}\u{c}\n\r\t"),
            (#"\u0041\u007f"#, "A\u{7f}"), (#"\u0080\u07ff"#, "\u{80}\u{7ff}"), (#"\u0800\uffff"#, "\u{800}\u{ffff}"),
            (#"\uD834\uDD1E"#, "\u{1d11e}"), (#"\ud800\udc00"#, "\u{10000}"), (#"\udbff\udfff"#, "\u{10ffff}"),
            (#"a\u00e9é\\u0041"#, "aéé\\u0041"), (#"\u0000x"#, "\u{0}x"),
        ])
    func escapes(content: String, meaning: String) {
        #expect(bytes(content) == Array(meaning.utf8))
        #expect(string(content) == meaning)
    }

    @Test(
        "half a surrogate pair by itself is three bytes, and no Unicode text",
        arguments: [
            (#"\ud800"#, [0xed, 0xa0, 0x80]), (#"\udfff"#, [0xed, 0xbf, 0xbf]),
            (#"\ud800x"#, [0xed, 0xa0, 0x80, 0x78]), (#"\ud800\n"#, [0xed, 0xa0, 0x80, 0x0a]),
            (#"\ud800\u0041"#, [0xed, 0xa0, 0x80, 0x41]), (#"\udc00\ud800"#, [0xed, 0xb0, 0x80, 0xed, 0xa0, 0x80]),
        ] as [(String, [UInt8])])
    func halves(content: String, expected: [UInt8]) {
        #expect(bytes(content) == expected)
        #expect(string(content) == nil)
    }

    @Test("texts are equal when they mean the same, and then have one hash")
    func equality() {
        let one = Array(#"\u0061é"#.utf8)
        let other = Array(#"a\u00e9"#.utf8)
        let third = Array("e\u{301}".utf8)
        one.withUnsafeBytes { one in
            other.withUnsafeBytes { other in
                third.withUnsafeBytes { third in
                    #expect(JSONText(one) == JSONText(other))
                    #expect(JSONText(one).hashValue == JSONText(other).hashValue)
                    #expect(JSONText(one) != JSONText(third))
                    #expect(Set([JSONText(one), JSONText(other), JSONText(third)]).count == 2)
                }
            }
        }
    }
}
