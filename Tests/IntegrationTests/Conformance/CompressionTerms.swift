/// What the peer of the program says in the handshake about permessage-deflate (RFC 7692 §7.1).
struct CompressionTerms: Sendable {
    private static let name = "permessage-deflate"
    private static let taken = "\(name); server_no_context_takeover; client_no_context_takeover"

    /// What the peer offers where it is the client.
    let offer: String
    /// What `serve` answers to that, and what the peer answers where it is the server; nil to decline.
    let answer: String?
    /// Of what the server compresses.
    let serverWindowBits: Int
    /// Of what the client compresses.
    let clientWindowBits: Int

    /// - Parameters:
    ///   - offered: parameters, each behind a semicolon.
    ///   - answered: those that the answer has besides the two for context takeover.
    init(_ offered: String = "", answered: String = "", serverWindowBits: Int = 15, clientWindowBits: Int = 15) {
        offer = Self.name + offered
        answer = Self.taken + answered
        self.serverWindowBits = serverWindowBits
        self.clientWindowBits = clientWindowBits
    }

    private init(declined offered: String) {
        offer = Self.name + offered
        answer = nil
        serverWindowBits = 15
        clientWindowBits = 15
    }

    /// An offer that nobody takes: zlib has no such window.
    static let declined = CompressionTerms(declined: "; server_max_window_bits=8")

    /// A window that both ends may compress with: 9...15.
    var commonWindowBits: Int { max(9, min(serverWindowBits, clientWindowBits)) }
}
