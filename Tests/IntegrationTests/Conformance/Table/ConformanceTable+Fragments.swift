extension ConformanceTable {
    /// Messages in fragments, with control frames between them (RFC 6455 §5.4).
    static var fragments: [ConformanceCase] {
        [
            ConformanceCase(
                "a text in two fragments", [.text("frag", fin: false), .continuation("ment")],
                answers: [.text("fragment")], chunking: .everyCut),
            ConformanceCase(
                "a binary message in three fragments",
                [.binary([1], fin: false), .continuation(bytes: [2, 3], fin: false), .continuation(bytes: [4])],
                answers: [.binary([1, 2, 3, 4])], chunking: .everyCut),
            ConformanceCase(
                "an empty first fragment", [.text("", fin: false), .continuation("rest")], answers: [.text("rest")],
                chunking: .everyCut),
            ConformanceCase(
                "an empty last fragment", [.text("all", fin: false), .continuation("")], answers: [.text("all")],
                chunking: .everyCut),
            ConformanceCase(
                "an empty fragment in the middle",
                [.text("a", fin: false), .continuation("", fin: false), .continuation("b")], answers: [.text("ab")],
                chunking: .everyCut),
            ConformanceCase(
                "nothing but empty fragments",
                [.binary([], fin: false), .continuation("", fin: false), .continuation("")], answers: [.binary([])],
                chunking: .everyCut),
            ConformanceCase(
                "a ping between two fragments", [.text("a", fin: false), .ping([1]), .continuation("b")],
                answers: [.pong([1]), .text("ab")], chunking: .everyCut),
            ConformanceCase(
                "pings and pongs between all fragments",
                [
                    .ping([0]), .text("one ", fin: false), .ping([1]), .pong(), .continuation("two ", fin: false),
                    .ping([2]), .continuation("three"), .ping([3]),
                ],
                answers: [.pong([0]), .pong([1]), .pong([2]), .text("one two three"), .pong([3])],
                chunking: .pieces(bytes: 1)),
            ConformanceCase(
                "a ping between fragments of a message that does not end", [.text("a", fin: false), .ping([9])],
                answers: [.pong([9])]),
            ConformanceCase(
                "two messages in fragments, one after the other",
                [.text("a", fin: false), .continuation("b"), .binary([1], fin: false), .continuation(bytes: [2])],
                answers: [.text("ab"), .binary([1, 2])], chunking: .everyCut),
            ConformanceCase(
                "a close frame between fragments", [.text("a", fin: false), .close(1000)], end: .closed(1000)),
            small("a message in fragments of one byte", count: 200, fragmentBytes: 1),
            small("a long message in fragments", count: 65_536, fragmentBytes: 1000),
            small("a long message in large fragments", count: 200_000, fragmentBytes: 65_536),
        ]
    }

    private static func small(_ sentence: String, count: Int, fragmentBytes: Int) -> ConformanceCase {
        let bytes = ConformancePayload.bytes(count)
        var frames: [ConformanceFrame] = []
        for start in stride(from: 0, to: count, by: fragmentBytes) {
            let piece = Array(bytes[start..<min(start + fragmentBytes, count)])
            let isLast = start + fragmentBytes >= count
            frames.append(
                start == 0 ? .binary(piece, fin: isLast) : .continuation(bytes: piece, fin: isLast))
        }
        return ConformanceCase(sentence, frames, answers: [.binary(bytes)])
    }

    /// Fragments that belong to nothing, and what cannot be in fragments.
    static var brokenFragments: [ConformanceCase] {
        var cases: [ConformanceCase] = [
            ConformanceCase(
                "a last fragment of nothing", [.continuation("a")], end: protocolError, chunking: .everyCut),
            ConformanceCase("a fragment of nothing", [.continuation("a", fin: false)], end: protocolError),
            ConformanceCase("an empty fragment of nothing", [.continuation("")], end: protocolError),
            ConformanceCase(
                "a fragment behind a whole message", [.text("a"), .continuation("b")], answers: [.text("a")],
                end: protocolError, chunking: .pieces(bytes: 1)),
            ConformanceCase(
                "a fragment behind the last one", [.text("a", fin: false), .continuation("b"), .continuation("c")],
                answers: [.text("ab")], end: protocolError),
            ConformanceCase(
                "a fragment of nothing before a message", [.continuation("a", fin: false), .text("b")],
                end: protocolError),
            ConformanceCase(
                "a text within a text", [.text("a", fin: false), .text("b"), .continuation("c")], end: protocolError,
                chunking: .pieces(bytes: 1)),
            ConformanceCase(
                "a fragmented text within a text", [.text("a", fin: false), .text("b", fin: false)],
                end: protocolError),
            ConformanceCase(
                "a binary message within a text", [.text("a", fin: false), .binary([1])], end: protocolError),
            ConformanceCase(
                "a text within a binary message, behind a ping", [.binary([1], fin: false), .ping([2]), .text("a")],
                answers: [.pong([2])], end: protocolError),
        ]
        for (name, opcode) in [("ping", 9), ("pong", 10), ("close frame", 8)] as [(String, UInt8)] {
            let begun = ConformanceFrame(opcode)
            let more: [ConformanceCase] = [
                ConformanceCase("a \(name) that goes on", [begun], end: protocolError),
                ConformanceCase(
                    "a \(name) in two fragments", [begun, .continuation("b")], end: protocolError,
                    chunking: .pieces(bytes: 1)),
                ConformanceCase(
                    "a \(name) that goes on, within a message", [.text("a", fin: false), begun, .continuation("b")],
                    end: protocolError),
            ]
            cases += more
        }
        return cases
    }
}
