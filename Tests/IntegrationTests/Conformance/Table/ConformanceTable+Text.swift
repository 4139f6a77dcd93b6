extension ConformanceTable {
    /// Text is UTF-8, wherever it is cut (RFC 6455 §8.1).
    static var text: [ConformanceCase] {
        var cases: [ConformanceCase] = []
        let borders: [UInt32] = [
            0, 0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xCFFF, 0xD000, 0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF,
            0x1_0000, 0x1_FFFE, 0x3_FFFF, 0x4_0000, 0xF_FFFF, 0x10_0000, 0x10_FFFF,
        ]
        for value in borders {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(String(Character(scalar)).utf8)
            let name = "U+" + String(value, radix: 16, uppercase: true)
            cases.append(
                ConformanceCase(
                    "\(name), the first or the last of its kind", [.text(bytes: bytes)], answers: [.text(bytes: bytes)],
                    chunking: .pieces(bytes: 1)))
        }
        for character in ["é", "語", "😀"] {
            let bytes = Array(character.utf8)
            for cut in 0...bytes.count {
                let head = Array(bytes[..<cut])
                let tail = Array(bytes[cut...])
                cases.append(
                    ConformanceCase(
                        "\(character) with \(cut) bytes in the first fragment, and a ping between",
                        [.text(bytes: head, fin: false), .ping(), .continuation(bytes: tail)],
                        answers: [.pong([]), .text(character)], chunking: .pieces(bytes: 1)))
            }
        }
        let mixed = "Hello-µ@ßöäüàá-UTF-8!! κόσμε, שלום, 世界, 👩‍🚀\u{0}"
        let mixedBytes = ConformancePayload.utf8(mixed)
        let long = ConformancePayload.prose(66_000)
        let more: [ConformanceCase] = [
            ConformanceCase("text in many scripts", [.text(mixed)], answers: [.text(mixed)]),
            ConformanceCase(
                "text in many scripts, byte by byte", [.text(mixed)], answers: [.text(mixed)],
                chunking: .pieces(bytes: 1)),
            ConformanceCase(
                "text in many scripts, a byte in each fragment", oneByteFragments(of: mixedBytes),
                answers: [.text(mixed)]),
            ConformanceCase(
                "a long text", [.text(bytes: long)], answers: [.text(bytes: long)], chunking: .pieces(bytes: 997)),
            ConformanceCase(
                "a character that has only begun", [.text(bytes: [0xE2, 0x82], fin: false), .ping([1])],
                answers: [.pong([1])]),
            ConformanceCase(
                "a text behind one that ended within a fragment",
                [.text(bytes: [0xC3], fin: false), .continuation(bytes: [0xA9]), .text("é")],
                answers: [.text("é"), .text("é")], chunking: .everyCut),
        ]
        cases += more
        return cases
    }

    private static func oneByteFragments(of bytes: [UInt8]) -> [ConformanceFrame] {
        let first = ConformanceFrame.text("", fin: false)
        let rest = bytes.map { ConformanceFrame.continuation(bytes: [$0], fin: false) }
        let last = ConformanceFrame.continuation("")
        return [first] + rest + [last]
    }

    static let noCharacters: [(String, [UInt8])] = [
        ("a continuation byte", [0x80]),
        ("the last continuation byte", [0xBF]),
        ("continuation bytes", [0x80, 0xBF, 0x80]),
        ("an overlong NUL", [0xC0, 0x80]),
        ("an overlong slash of two bytes", [0xC0, 0xAF]),
        ("an overlong slash of three bytes", [0xE0, 0x80, 0xAF]),
        ("an overlong slash of four bytes", [0xF0, 0x80, 0x80, 0xAF]),
        ("the largest overlong form of two bytes", [0xC1, 0xBF]),
        ("the largest overlong form of three bytes", [0xE0, 0x9F, 0xBF]),
        ("the largest overlong form of four bytes", [0xF0, 0x8F, 0xBF, 0xBF]),
        ("the first surrogate", [0xED, 0xA0, 0x80]),
        ("the last high surrogate", [0xED, 0xAF, 0xBF]),
        ("the first low surrogate", [0xED, 0xB0, 0x80]),
        ("the last surrogate", [0xED, 0xBF, 0xBF]),
        ("a pair of surrogates", [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80]),
        ("U+110000", [0xF4, 0x90, 0x80, 0x80]),
        ("U+1FFFFF", [0xF7, 0xBF, 0xBF, 0xBF]),
        ("a form of four bytes above all characters", [0xF5, 0x80, 0x80, 0x80]),
        ("a form of five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80]),
        ("a form of six bytes", [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80]),
        ("0xFE", [0xFE]),
        ("0xFF", [0xFF]),
        ("two bytes without the second", [0xC3, 0x28]),
        ("three bytes without the second", [0xE2, 0x28, 0xA1]),
        ("three bytes without the third", [0xE2, 0x82, 0x28]),
        ("four bytes without the second", [0xF0, 0x28, 0x8C, 0xBC]),
        ("four bytes without the third", [0xF0, 0x90, 0x28, 0xBC]),
        ("four bytes without the fourth", [0xF0, 0x90, 0x8C, 0x28]),
        ("a character after one that has only begun", [0xE2, 0x82, 0xC3, 0xA9]),
    ]

    private static let begunCharacters: [(String, [UInt8])] = [
        ("one byte of two", [0xC3]), ("one byte of three", [0xE2]), ("two bytes of three", [0xE2, 0x82]),
        ("one byte of four", [0xF0]), ("two bytes of four", [0xF0, 0x9F]), ("three bytes of four", [0xF0, 0x9F, 0x98]),
    ]

    /// Text that is not UTF-8 is refused as soon as it cannot become any (RFC 6455 §8.1).
    static var invalidText: [ConformanceCase] {
        var cases: [ConformanceCase] = []
        for (name, sequence) in noCharacters {
            let text: [UInt8] = [0x61] + sequence + [0x7A]
            var begun = ConformanceFrame.text(bytes: text)
            begun.declaredBytes = 120
            let head = Array(text[..<2])
            let tail = Array(text[2...])
            let more: [ConformanceCase] = [
                ConformanceCase("\(name) in a text", [.text(bytes: text), .ping()], end: invalidPayload),
                ConformanceCase(
                    "\(name) in a text, byte by byte", [.text("é"), .text(bytes: text)], answers: [.text("é")],
                    end: invalidPayload, chunking: .pieces(bytes: 1)),
                ConformanceCase(
                    "\(name) in two fragments", [.text(bytes: head, fin: false), .continuation(bytes: tail)],
                    end: invalidPayload, chunking: .pieces(bytes: 1)),
                ConformanceCase("\(name) in a frame that has not ended", [begun], end: invalidPayload),
                ConformanceCase(
                    "\(name) in a message that has not ended", [.text(bytes: text, fin: false)], end: invalidPayload),
            ]
            cases += more
        }
        for (name, sequence) in begunCharacters {
            let text: [UInt8] = [0x61] + sequence
            let more: [ConformanceCase] = [
                ConformanceCase("a text that ends with \(name)", [.text(bytes: text)], end: invalidPayload),
                ConformanceCase(
                    "a text that ends with \(name), byte by byte", [.text(bytes: text)], end: invalidPayload,
                    chunking: .pieces(bytes: 1)),
                ConformanceCase(
                    "a text that ends with \(name) and an empty fragment",
                    [.text(bytes: text, fin: false), .continuation("")], end: invalidPayload),
            ]
            cases += more
        }
        return cases
    }
}
