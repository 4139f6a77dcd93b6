import Testing

@testable import WebSocketWire

@Suite("DeflateAgreement, the server's side, RFC 7692 §7.1")
struct DeflateAgreementTests {
    private static let base = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"

    struct Case: Sendable {
        let offers: String
        /// What the answer has behind the two parameters that are always there.
        let answer: String
        var serverBits = 15
        var clientBits = 15
    }

    /// The offers as a server gets them from a request.
    private static func elements(_ value: String) -> [String] {
        var headers = HTTPHeaders()
        headers.add("Sec-WebSocket-Extensions", value)
        return headers.elements(of: "Sec-WebSocket-Extensions")
    }

    @Test(
        "the first offer that can be kept to is taken (§7.1.3)",
        arguments: [
            Case(offers: "permessage-deflate", answer: ""),
            Case(
                offers: "permessage-deflate; client_max_window_bits; server_max_window_bits=10",
                answer: "; server_max_window_bits=10; client_max_window_bits=15", serverBits: 10),
            Case(
                offers: "permessage-deflate; client_max_window_bits; server_max_window_bits=10, "
                    + "permessage-deflate; client_max_window_bits",
                answer: "; server_max_window_bits=10; client_max_window_bits=15", serverBits: 10),
            Case(
                offers: "permessage-deflate; server_max_window_bits=8, permessage-deflate; client_max_window_bits",
                answer: "; client_max_window_bits=15"),
            Case(
                offers: "permessage-deflate; server_max_window_bits=9", answer: "; server_max_window_bits=9",
                serverBits: 9),
            Case(
                offers: "permessage-deflate; server_max_window_bits=15", answer: "; server_max_window_bits=15"),
            Case(
                offers: "permessage-deflate; client_max_window_bits=8", answer: "; client_max_window_bits=8",
                clientBits: 8),
            Case(
                offers: "permessage-deflate; client_max_window_bits=\"12\"", answer: "; client_max_window_bits=12",
                clientBits: 12),
            Case(offers: "permessage-deflate; server_no_context_takeover", answer: ""),
            Case(offers: "permessage-deflate; client_no_context_takeover", answer: ""),
            Case(
                offers: "permessage-bzip2, permessage-deflate; x, permessage-deflate; server_max_window_bits=11, "
                    + "permessage-deflate",
                answer: "; server_max_window_bits=11", serverBits: 11),
            Case(offers: DeflateOffer.clientHeaderValue, answer: "; client_max_window_bits=15"),
        ])
    func accepted(testCase: Case) throws {
        let agreement = try #require(DeflateAgreement.accept(Self.elements(testCase.offers)))
        #expect(agreement.answer == Self.base + testCase.answer)
        #expect(
            agreement.parameters
                == DeflateParameters(
                    serverMaximumWindowBits: testCase.serverBits, clientMaximumWindowBits: testCase.clientBits,
                    serverNoContextTakeover: true, clientNoContextTakeover: true))
    }

    @Test(
        "without an offer that can be kept to there is no compression",
        arguments: [
            "", "permessage-bzip2", "permessage-deflate; x", "permessage-deflate; server_max_window_bits=8",
            "permessage-deflate; server_max_window_bits=8, permessage-deflate; server_max_window_bits",
        ])
    func declined(offers: String) {
        #expect(DeflateAgreement.accept(Self.elements(offers)) == nil)
    }

    @Test("a client takes our server's answer for what it is", arguments: Array(9...15), Array(8...15))
    func bothEnds(serverBits: Int, clientBits: Int) throws {
        let offer =
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=\(serverBits); "
            + "client_max_window_bits=\(clientBits)"
        let agreement = try #require(DeflateAgreement.accept([offer]))
        #expect(try DeflateAgreement.agreed(inAnswer: Self.elements(agreement.answer)) == agreement.parameters)
    }

    @Test("what our client offers passes both halves of the handshake")
    func handshake() throws {
        let key = ClientUpgrade.key(from: (1, 2))
        let client = ClientUpgrade(host: "h", path: "/", key: key, extensions: DeflateOffer.clientHeaderValue)
        var requestParser = HTTPRequestParser()
        var offset = 0
        let request = try client.request().withUnsafeBytes { try requestParser.next(in: $0, at: &offset) }
        let server = try ServerUpgrade.validate(#require(request))
        let agreement = try #require(DeflateAgreement.accept(server.offeredExtensions))
        var responseParser = HTTPResponseParser()
        offset = 0
        let bytes = server.response(subprotocol: nil, extensions: agreement.answer)
        let parsed = try bytes.withUnsafeBytes { try responseParser.next(in: $0, at: &offset) }
        let response = try #require(parsed)
        #expect(try client.validate(response) == nil)
        let answer = response.headers.elements(of: "Sec-WebSocket-Extensions")
        #expect(try DeflateAgreement.agreed(inAnswer: answer) == agreement.parameters)
    }
}
