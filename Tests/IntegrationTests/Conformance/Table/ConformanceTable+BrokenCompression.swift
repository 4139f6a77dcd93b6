extension ConformanceTable {
    private static let terms = CompressionTerms()
    private static let hello = ConformancePayload.deflatedHello

    /// Compressed data that is none, or comes where it must not (RFC 7692 §6, §7.2).
    static var brokenCompression: [ConformanceCase] {
        let data = damage + compressedInvalidText
        return flags + data + bombs
    }

    private static var flags: [ConformanceCase] {
        let compressed = ConformanceFrame.text(bytes: hello, rsv1: true)
        var cases: [ConformanceCase] = [
            ConformanceCase(
                "a compressed message where nothing was offered", [compressed], end: protocolError,
                chunking: .everyCut),
            ConformanceCase(
                "a compressed message where the offer was declined", [.text("a"), compressed], answers: [.text("a")],
                end: protocolError, terms: .declined),
            ConformanceCase(
                "RSV1 on the last fragment",
                [.text(bytes: hello, fin: false, rsv1: true), .continuation(bytes: [0], rsv1: true)],
                end: protocolError, chunking: .pieces(bytes: 1), terms: terms),
            ConformanceCase(
                "RSV1 on a fragment in the middle",
                [.text(bytes: hello, fin: false, rsv1: true), .continuation(bytes: [0], fin: false, rsv1: true)],
                end: protocolError, terms: terms),
            ConformanceCase(
                "RSV1 on a fragment of an uncompressed message",
                [.text("a", fin: false), .continuation(bytes: hello, rsv1: true)], end: protocolError, terms: terms),
        ]
        for opcode in [8, 9, 10] as [UInt8] {
            cases.append(
                ConformanceCase(
                    "RSV1 on opcode \(opcode)", [compressed, ConformanceFrame(0xC0 | opcode)],
                    answers: [.text("Hello")], end: protocolError, terms: terms))
        }
        for bits in [0x10, 0x20, 0x30, 0x50, 0x60, 0x70] as [UInt8] {
            cases.append(
                ConformanceCase(
                    "first byte \(HexDump.text(of: [0x81 | bits])) where compression is agreed on",
                    [compressed, ConformanceFrame(0x81 | bits, hello)], answers: [.text("Hello")],
                    end: protocolError, terms: terms))
        }
        return cases
    }

    private static var damage: [ConformanceCase] {
        let damaged: [(String, [UInt8])] = [
            ("no data at all", []),
            ("a block of the kind that does not exist", [0x07]),
            ("text that was never compressed", ConformancePayload.utf8("Hello")),
            ("a stored block with a wrong complement", [0x00, 0x02, 0x00, 0xFD, 0xFE, 0x48, 0x65, 0x00]),
            ("a stored block that is cut off", [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65]),
            ("a block that is cut off", [0xF2, 0x48, 0xCD]),
            ("a final block that is cut off", [0xF3, 0x48, 0xCD]),
            ("the four bytes that are left out", hello + [0x00, 0x00, 0xFF, 0xFF]),
            ("a match before the beginning", [0xF2, 0x00, 0x11, 0x00, 0x00]),
        ]
        var cases: [ConformanceCase] = []
        for (name, bytes) in damaged {
            let frame = ConformanceFrame.text(bytes: bytes, rsv1: true)
            let good = ConformanceFrame.text(bytes: hello, rsv1: true)
            let more: [ConformanceCase] = [
                ConformanceCase(name, [frame], end: invalidPayload, terms: terms),
                ConformanceCase(
                    "\(name), as a binary message", [.binary(bytes, rsv1: true)], end: invalidPayload, terms: terms),
                // The window that the earlier message left is gone (no context takeover).
                ConformanceCase(
                    "\(name), behind a message", [good, frame], answers: [.text("Hello")], end: invalidPayload,
                    chunking: .pieces(bytes: 1), terms: terms),
                ConformanceCase(
                    "\(name), before a ping and a message", [frame, .ping([1]), good], end: invalidPayload,
                    chunking: .pieces(bytes: 1), terms: terms),
                ConformanceCase(
                    "\(name), in two fragments",
                    [.text(bytes: bytes, fin: false, rsv1: true), .ping([1]), .continuation("")],
                    answers: [.pong([1])], end: invalidPayload, terms: terms),
            ]
            cases += more
        }
        return cases
    }

    private static var compressedInvalidText: [ConformanceCase] {
        let whole = noCharacters.map { name, sequence -> ConformanceCase in
            let text: [UInt8] = [0x61] + sequence
            let compressed = ConformanceFrame.text(bytes: ConformancePayload.deflated(text), rsv1: true)
            return ConformanceCase("\(name) in a compressed text", [compressed], end: invalidPayload, terms: terms)
        }
        return whole + [cutCharacter]
    }

    private static var cutCharacter: ConformanceCase {
        let compressed = ConformancePayload.deflated([0xF0, 0x9F, 0x98])
        return ConformanceCase(
            "a compressed text that ends within a character", [.text(bytes: compressed, rsv1: true)],
            end: invalidPayload, terms: terms)
    }

    /// A byte more than a server takes.
    private static let bomb = ConformancePayload.deflated([UInt8](repeating: 0, count: (1 << 20) + 1))
    /// A byte more than a reflecting client takes.
    private static let largeBomb = ConformancePayload.deflated([UInt8](repeating: 0, count: (64 << 20) + 1))

    /// Small messages that inflate to more than is allowed.
    private static var bombs: [ConformanceCase] {
        [
            ConformanceCase(
                "a message that inflates to one byte more than is allowed", [.binary(bomb, rsv1: true)],
                end: messageTooBig, terms: terms, roles: [.server]),
            ConformanceCase(
                "a message that inflates to 64 MiB and a byte",
                [.ping([1]), .binary(largeBomb, rsv1: true), .ping([2])],
                answers: [.pong([1])], end: messageTooBig, terms: terms),
        ]
    }
}
