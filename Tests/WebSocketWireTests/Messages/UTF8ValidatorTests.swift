import Testing
import WebSocketWire

@Suite("UTF8Validator")
struct UTF8ValidatorTests {
    /// Whether the pieces together are well-formed text.
    private func isValid(_ pieces: [[UInt8]]) -> Bool {
        var validator = UTF8Validator()
        let consumed = pieces.allSatisfy { piece in piece.withUnsafeBytes { validator.consume($0) } }
        return consumed && validator.isComplete
    }

    @Test(
        "well-formed text is accepted however it is split",
        arguments: [
            "", "a", "0123456789abcdef", "0123456789abcdef0123456789abcdeé", "κόσμε", "語", "😀", "\u{0}",
            "\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}", "é0123456789abcdef語",
        ])
    func valid(text: String) {
        for pieces in Splits.all(of: Array(text.utf8)) {
            #expect(isValid(pieces))
        }
    }

    @Test(
        "ill-formed text is refused however it is split",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE],
            [0xFF],
            [0xC3], [0xE8, 0xAA], [0xF0, 0x9F, 0x98], [0xC3, 0x41], [0xE8, 0xAA, 0x41], [0xC3, 0xC3],
            [0xE8, 0xAA, 0x9E, 0x9E],
        ] as [[UInt8]])
    func invalid(bytes: [UInt8]) {
        for prefixBytes in [0, 7, 8, 16, 17] {
            let text = [UInt8](repeating: 0x61, count: prefixBytes) + bytes
            for pieces in Splits.all(of: text) {
                #expect(!isValid(pieces))
            }
        }
    }

    @Test("every sequence of two bytes is judged as the standard library does")
    func allPairs() {
        let misjudged = (UInt16.min...UInt16.max).filter { pair in
            let bytes = [UInt8(pair >> 8), UInt8(truncatingIfNeeded: pair)]
            return isValid([bytes]) != (String(validating: bytes, as: UTF8.self) != nil)
        }
        #expect(misjudged.isEmpty)
    }

    @Test("random sequences are judged as the standard library does", arguments: 0..<2000)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var bytes = Array(
            String((0..<12).map { _ in "aé語😀\u{D7FF}\u{10FFFF}".randomElement(using: &generator) ?? "a" })
                .utf8)
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            bytes[index] = UInt8.random(in: 0x60...0xFF, using: &generator)
        }
        let expected = String(validating: bytes, as: UTF8.self) != nil
        #expect(isValid([bytes]) == expected)
        #expect(isValid(Splits.random(of: bytes, using: &generator)) == expected)
    }

    @Test("the first impossible byte is refused, the one before is not")
    func failFast() {
        let impossible: [[UInt8]] = [
            [0xE0, 0x9F], [0xED, 0xA0], [0xF0, 0x8F], [0xF4, 0x90], [0x61, 0xC1],
        ]
        for bytes in impossible {
            var validator = UTF8Validator()
            #expect(bytes.dropLast().withUnsafeBytes { validator.consume($0) })
            #expect(bytes.suffix(1).withUnsafeBytes { !validator.consume($0) })
        }
    }
}
