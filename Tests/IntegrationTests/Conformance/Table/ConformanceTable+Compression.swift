extension ConformanceTable {
    private static let terms = CompressionTerms()
    private static let hello = ConformancePayload.deflatedHello

    /// Compressed messages, in all the forms that deflate has (RFC 7692 §7.2.3).
    static var compression: [ConformanceCase] {
        var cases: [ConformanceCase] = []
        let forms: [(String, [UInt8], String)] = [
            ("a block of fixed codes", hello, "Hello"),
            ("a stored block", [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00], "Hello"),
            ("a final block", [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00], "Hello"),
            ("two blocks", [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00], "Hello"),
            ("an empty message", [0x00], ""),
            ("an empty message with a final block", [0x03, 0x00, 0x00], ""),
        ]
        for (name, bytes, text) in forms {
            let middle = bytes.count / 2
            let head = Array(bytes[..<middle])
            let tail = Array(bytes[middle...])
            let more: [ConformanceCase] = [
                ConformanceCase(
                    name, [.text(bytes: bytes, rsv1: true)], answers: [.text(text)], chunking: .everyCut, terms: terms),
                ConformanceCase(
                    "\(name) as a binary message", [.binary(bytes, rsv1: true)],
                    answers: [.binary(ConformancePayload.utf8(text))], terms: terms),
                ConformanceCase(
                    "\(name) in two fragments, and a ping between",
                    [.text(bytes: head, fin: false, rsv1: true), .ping([1]), .continuation(bytes: tail)],
                    answers: [.pong([1]), .text(text)], chunking: .pieces(bytes: 1), terms: terms),
                ConformanceCase(
                    "\(name) in fragments of one byte", oneByteFragments(of: bytes), answers: [.text(text)],
                    terms: terms),
            ]
            cases += more
        }
        cases += mixtures
        cases += largeMessages
        return cases
    }

    /// Fragments of one byte, with empty ones at both ends.
    private static func oneByteFragments(of bytes: [UInt8]) -> [ConformanceFrame] {
        let first = ConformanceFrame.text(bytes: [], fin: false, rsv1: true)
        let rest = bytes.map { ConformanceFrame.continuation(bytes: [$0], fin: false) }
        let last = ConformanceFrame.continuation("")
        return [first] + rest + [last]
    }

    private static var mixtures: [ConformanceCase] {
        let compressed = ConformanceFrame.text(bytes: hello, rsv1: true)
        let character = ConformancePayload.deflated(ConformancePayload.utf8("é"))
        let noText: [UInt8] = [0x61, 0xFF]
        return [
            ConformanceCase(
                "an uncompressed message where compression is agreed on", [.text("plain")], answers: [.text("plain")],
                chunking: .everyCut, terms: terms),
            ConformanceCase(
                "compressed and uncompressed messages in turns",
                [compressed, .text("plain"), compressed, .binary([1]), compressed],
                answers: [.text("Hello"), .text("plain"), .text("Hello"), .binary([1]), .text("Hello")],
                chunking: .pieces(bytes: 1), terms: terms),
            ConformanceCase(
                "uncompressed fragments where compression is agreed on",
                [.text("a", fin: false), .continuation("b"), compressed], answers: [.text("ab"), .text("Hello")],
                chunking: .everyCut, terms: terms),
            ConformanceCase(
                "a character of two bytes", [.text(bytes: character, rsv1: true)], answers: [.text("é")],
                chunking: .everyCut, terms: terms),
            ConformanceCase(
                "a compressed binary message that is no text",
                [.binary(ConformancePayload.deflated(noText), rsv1: true)], answers: [.binary(noText)], terms: terms),
            ConformanceCase(
                "uncompressed messages where the offer was declined", [.text("plain"), .ping([1])],
                answers: [.text("plain"), .pong([1])], terms: .declined),
        ]
    }

    private static var largeMessages: [ConformanceCase] {
        let prose = ConformancePayload.prose(100_000)
        let deflatedProse = ConformancePayload.deflated(prose)
        let half = deflatedProse.count / 2
        let noise = ConformancePayload.noise(70_000)
        let deflatedNoise = ConformancePayload.deflated(noise)
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        return [
            ConformanceCase(
                "a long text", [.text(bytes: deflatedProse, rsv1: true)], answers: [.text(bytes: prose)],
                chunking: .pieces(bytes: 997), terms: terms),
            ConformanceCase(
                "a long text in two fragments",
                [
                    .text(bytes: Array(deflatedProse[..<half]), fin: false, rsv1: true), .ping([1]),
                    .continuation(bytes: Array(deflatedProse[half...])),
                ],
                answers: [.pong([1]), .text(bytes: prose)], terms: terms),
            ConformanceCase(
                "a long message that cannot be compressed", [.binary(deflatedNoise, rsv1: true)],
                answers: [.binary(noise)], terms: terms),
            ConformanceCase(
                "a message that inflates to the largest size there is",
                [.binary(ConformancePayload.deflated(zeros), rsv1: true)], answers: [.binary(zeros)], terms: terms,
                roles: [.server]),
        ]
    }
}
