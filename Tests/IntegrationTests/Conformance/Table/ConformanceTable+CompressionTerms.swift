extension ConformanceTable {
    private static let payloads = [0, 1, 63, 64, 65, 1000, 20_000, 131_072].map { ConformancePayload.prose($0) }

    /// Messages of all sizes, with all parameters that can be negotiated (RFC 7692 §7.1).
    static var compressionTerms: [ConformanceCase] {
        let bothNoTakeover = "; server_no_context_takeover; client_no_context_takeover"
        var cases: [ConformanceCase] = [
            roundTrips("no parameters", CompressionTerms()),
            roundTrips("server_no_context_takeover", CompressionTerms("; server_no_context_takeover")),
            roundTrips("client_no_context_takeover", CompressionTerms("; client_no_context_takeover")),
            roundTrips("both without context takeover", CompressionTerms(bothNoTakeover)),
            roundTrips(
                "client_max_window_bits without a value",
                CompressionTerms("; client_max_window_bits", answered: "; client_max_window_bits=15")),
            roundTrips(
                "all parameters",
                CompressionTerms(
                    bothNoTakeover + "; server_max_window_bits=10; client_max_window_bits=12",
                    answered: "; server_max_window_bits=10; client_max_window_bits=12", serverWindowBits: 10,
                    clientWindowBits: 12)),
        ]
        for bits in 9...15 {
            let server = "; server_max_window_bits=\(bits)"
            let client = "; client_max_window_bits=\(bits)"
            cases.append(
                roundTrips(
                    "a server's window of \(bits) bits",
                    CompressionTerms(server, answered: server, serverWindowBits: bits)))
            cases.append(
                roundTrips(
                    "a client's window of \(bits) bits",
                    CompressionTerms(client, answered: client, clientWindowBits: bits)))
        }
        let smallest = "; client_max_window_bits=8"
        // zlib compresses with no such window, so that a client sends its messages as they are.
        cases.append(
            ConformanceCase(
                "a client's window of 8 bits", payloads.map { ConformanceFrame.text(bytes: $0) },
                answers: payloads.map { ConformanceAnswer.text(bytes: $0) },
                terms: CompressionTerms(smallest, answered: smallest, clientWindowBits: 8)))
        return cases
    }

    private static func roundTrips(_ sentence: String, _ terms: CompressionTerms) -> ConformanceCase {
        var frames: [ConformanceFrame] = []
        var answers: [ConformanceAnswer] = []
        for (index, payload) in payloads.enumerated() {
            let compressed = ConformancePayload.deflated(payload, windowBits: terms.commonWindowBits)
            if index.isMultiple(of: 2) {
                frames.append(.text(bytes: compressed, rsv1: true))
                answers.append(.text(bytes: payload))
            } else {
                frames.append(.binary(compressed, rsv1: true))
                answers.append(.binary(payload))
            }
        }
        return ConformanceCase(sentence, frames, answers: answers, terms: terms)
    }
}
