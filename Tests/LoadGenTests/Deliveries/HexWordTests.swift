import LoadGen
import Testing

@Suite("HexWord")
struct HexWordTests {
    private func text(_ word: UInt64) -> String {
        String(decoding: withUnsafeBytes(of: word.bigEndian, Array.init), as: UTF8.self)
    }

    @Test(
        "a number is written as eight lower-case digits",
        arguments: [
            (0, "00000000"), (0x0123_4567, "01234567"), (0x89ab_cdef, "89abcdef"), (.max, "ffffffff"),
        ]
            as [(UInt32, String)])
    func encode(value: UInt32, digits: String) {
        #expect(text(HexWord.encode(value)) == digits)
        #expect(HexWord.decode(HexWord.encode(value)) == value)
    }

    @Test("every number comes back")
    func roundTrip() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            let value = UInt32(truncatingIfNeeded: generator.next())
            #expect(HexWord.decode(HexWord.encode(value)) == value)
        }
    }

    @Test("any byte that is no digit, at any place, makes a word malformed", arguments: 0..<8)
    func everyByte(place: Int) {
        let shift = UInt64(place * 8)
        for byte in UInt64(0)...255 {
            let word = HexWord.encode(0x9f0a_5c7e) & ~(0xff << shift) | byte << shift
            let character = Character(UnicodeScalar(UInt8(byte)))
            let isDigit = "0123456789abcdef".contains(character)
            #expect((HexWord.decode(word) != nil) == isDigit, "byte \(byte)")
            if isDigit, let value = HexWord.decode(word) { #expect(HexWord.encode(value) == word) }
        }
    }
}
