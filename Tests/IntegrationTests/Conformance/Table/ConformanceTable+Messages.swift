extension ConformanceTable {
    private static let sizes = [0, 1, 2, 124, 125, 126, 127, 128, 255, 256, 65_535, 65_536, 70_000]

    /// Whole messages come back as they are (RFC 6455 §5.6).
    static var messages: [ConformanceCase] {
        var cases: [ConformanceCase] = []
        for count in sizes {
            let letters = ConformancePayload.letters(count)
            let bytes = ConformancePayload.bytes(count)
            let chunking = Chunking.pieces(bytes: count > 1000 ? 997 : 11)
            let more: [ConformanceCase] = [
                ConformanceCase("a text of \(count) bytes", [.text(bytes: letters)], answers: [.text(bytes: letters)]),
                ConformanceCase(
                    "a text of \(count) bytes, bit by bit", [.text(bytes: letters)], answers: [.text(bytes: letters)],
                    chunking: chunking),
                ConformanceCase("a binary message of \(count) bytes", [.binary(bytes)], answers: [.binary(bytes)]),
                ConformanceCase(
                    "a binary message of \(count) bytes, bit by bit", [.binary(bytes)], answers: [.binary(bytes)],
                    chunking: chunking),
            ]
            cases += more
        }
        let more: [ConformanceCase] = [
            ConformanceCase(
                "a text and a binary message, cut everywhere", [.text("grüßt"), .binary([0, 0xFF])],
                answers: [.text("grüßt"), .binary([0, 0xFF])], chunking: .everyCut),
            ConformanceCase(
                "empty messages in a row", [.text(""), .binary([]), .text(""), .binary([])],
                answers: [.text(""), .binary([]), .text(""), .binary([])], chunking: .everyCut),
            ConformanceCase(
                "binary messages that are no text", [.binary([0xFF, 0xFE]), .binary([0xC0, 0x80]), .binary([0xED])],
                answers: [.binary([0xFF, 0xFE]), .binary([0xC0, 0x80]), .binary([0xED])]),
            manyMessages,
            ConformanceCase(
                "a stream that ends between messages", [.text("last")], answers: [.text("last")], end: .dropped),
            ConformanceCase(
                "a stream that ends between fragments", [.ping(), .text("begun", fin: false)], answers: [.pong([])],
                end: .dropped),
            ConformanceCase(
                "a stream that ends within a frame", [.text("whole"), unfinished], answers: [.text("whole")],
                end: .dropped),
        ]
        cases += more
        return cases
    }

    private static var manyMessages: ConformanceCase {
        let payloads = (0..<200).map { ConformancePayload.letters($0) }
        return ConformanceCase(
            "two hundred messages at once", payloads.map { ConformanceFrame.text(bytes: $0) },
            answers: payloads.map { ConformanceAnswer.text(bytes: $0) })
    }

    /// The first bytes of a longer frame.
    private static var unfinished: ConformanceFrame {
        var frame = ConformanceFrame.text("half")
        frame.declaredBytes = 100
        return frame
    }
}
