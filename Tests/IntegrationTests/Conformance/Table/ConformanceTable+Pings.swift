extension ConformanceTable {
    /// Pings are answered with their own payload, pongs with nothing (RFC 6455 §5.5.2, §5.5.3).
    static var pings: [ConformanceCase] {
        var cases: [ConformanceCase] = []
        for count in [0, 1, 5, 64, 124, 125] {
            let payload = ConformancePayload.bytes(count)
            cases.append(ConformanceCase("a ping of \(count) bytes", [.ping(payload)], answers: [.pong(payload)]))
        }
        let longest = ConformancePayload.letters(125)
        let tooLong = ConformancePayload.letters(126)
        let hello = ConformancePayload.utf8("Hello")
        let more: [ConformanceCase] = [
            ConformanceCase("a ping, cut everywhere", [.ping(hello)], answers: [.pong(hello)], chunking: .everyCut),
            ConformanceCase(
                "the longest ping, bit by bit", [.ping(longest)], answers: [.pong(longest)],
                chunking: .pieces(bytes: 10)),
            ConformanceCase("a ping that is no text", [.ping([0xFF, 0xFE])], answers: [.pong([0xFF, 0xFE])]),
            ConformanceCase("a ping of 126 bytes", [.ping(tooLong)], end: protocolError),
            ConformanceCase("a pong of 126 bytes", [.pong(tooLong)], end: protocolError),
            ConformanceCase("a pong that nobody asked for", [.pong()]),
            ConformanceCase("a pong with a payload that nobody asked for", [.pong(hello)], chunking: .everyCut),
            ConformanceCase(
                "a pong that nobody asked for, before a ping", [.pong(hello), .ping(hello)], answers: [.pong(hello)]),
            tenPings("ten pings at once", .whole),
            tenPings("ten pings, bit by bit", .pieces(bytes: 3)),
            ConformanceCase(
                "pings around messages", [.ping([1]), .text("a"), .ping([2]), .binary([3]), .ping([4])],
                answers: [.pong([1]), .text("a"), .pong([2]), .binary([3]), .pong([4])], chunking: .everyCut),
        ]
        cases += more
        return cases
    }

    /// To answer the newest alone would do; this program answers all of them.
    private static func tenPings(_ sentence: String, _ chunking: Chunking) -> ConformanceCase {
        let payloads = (0..<10).map { ConformancePayload.utf8("ping \($0)") }
        return ConformanceCase(
            sentence, payloads.map { ConformanceFrame.ping($0) }, answers: payloads.map { ConformanceAnswer.pong($0) },
            chunking: chunking)
    }
}
