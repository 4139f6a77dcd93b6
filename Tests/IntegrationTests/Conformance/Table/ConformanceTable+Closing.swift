extension ConformanceTable {
    private static let longestReason = ConformancePayload.letters(123)

    /// A close frame is answered with its code, and nothing follows it (RFC 6455 §5.5.1, §7).
    static var closing: [ConformanceCase] {
        var cases: [ConformanceCase] = []
        let valid = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999]
        for code in valid {
            cases.append(ConformanceCase("a close frame with \(code)", [.close(code)], end: .closed(code)))
        }
        let more: [ConformanceCase] = [
            ConformanceCase(
                "a close frame, cut everywhere", [.close(1001, reason: [0x62, 0x79, 0x65])], end: .closed(1001),
                chunking: .everyCut),
            ConformanceCase("a close frame without a code", [.close(payload: [])], end: .closed(1000)),
            ConformanceCase(
                "a close frame with a reason", [.close(1000, reason: ConformancePayload.utf8("à bientôt"))],
                end: .closed(1000)),
            ConformanceCase(
                "a close frame with the longest reason", [.close(1000, reason: longestReason)], end: .closed(1000)),
            ConformanceCase(
                "a close frame behind messages", [.text("a"), .ping([1]), .binary([2]), .close(1000)],
                answers: [.text("a"), .pong([1]), .binary([2])], end: .closed(1000)),
            // Sent at once: bytes that reach a server when it has closed its socket may reset the connection.
            ConformanceCase("two close frames", [.close(1000), .close(1001)], end: .closed(1000)),
            ConformanceCase("a text behind a close frame", [.close(1000), .text("late")], end: .closed(1000)),
            ConformanceCase("a ping behind a close frame", [.close(1000), .ping([1])], end: .closed(1000)),
            ConformanceCase(
                "a violation behind a close frame", [.close(1000), ConformanceFrame(0xFF)], end: .closed(1000)),
            ConformanceCase(
                "the end of a message behind a close frame",
                [.text("a", fin: false), .close(1000), .continuation("b")], end: .closed(1000)),
        ]
        cases += more
        return cases
    }

    /// Close frames that must not be sent.
    static var brokenClosing: [ConformanceCase] {
        var cases: [ConformanceCase] = []
        let invalid = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535]
        for code in invalid {
            cases.append(ConformanceCase("a close frame with \(code)", [.close(code)], end: protocolError))
        }
        let more: [ConformanceCase] = [
            ConformanceCase("a close frame of one byte", [.close(payload: [0x03])], end: protocolError),
            ConformanceCase(
                "a close frame with a reason that is too long", [.close(1000, reason: longestReason + [0x61])],
                end: protocolError),
            ConformanceCase(
                "a close frame with a reason that is no text", [.close(1000, reason: [0xFF])], end: invalidPayload,
                chunking: .everyCut),
            ConformanceCase(
                "a close frame with a reason that ends within a character", [.close(1000, reason: [0x61, 0xE2, 0x82])],
                end: invalidPayload),
            ConformanceCase(
                "a close frame with an invalid code, behind a message", [.text("a"), .close(1005)],
                answers: [.text("a")], end: protocolError, chunking: .pieces(bytes: 1)),
        ]
        cases += more
        return cases
    }
}
