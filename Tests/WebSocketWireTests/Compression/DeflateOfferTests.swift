import Testing

@testable import WebSocketWire

@Suite("DeflateOffer, RFC 7692 §7.1")
struct DeflateOfferTests {
    struct Case: Sendable {
        let text: String
        var serverNoContextTakeover = false
        var clientNoContextTakeover = false
        var serverBits: Int?
        var clientBits: Int?
    }

    @Test(
        "offers are read with their parameters",
        arguments: [
            Case(text: "permessage-deflate"),
            Case(text: "Permessage-DEFLATE"),
            Case(text: "permessage-deflate; client_max_window_bits", clientBits: 15),
            Case(text: "permessage-deflate; client_max_window_bits=8", clientBits: 8),
            Case(
                text: "permessage-deflate; client_max_window_bits; server_max_window_bits=10", serverBits: 10,
                clientBits: 15),
            Case(text: "permessage-deflate;server_max_window_bits = \"10\"", serverBits: 10),
            Case(text: "permessage-deflate; server_max_window_bits=8", serverBits: 8),
            Case(text: "permessage-deflate; server_max_window_bits=15", serverBits: 15),
            Case(text: "permessage-deflate; server_no_context_takeover", serverNoContextTakeover: true),
            Case(text: "permessage-deflate; client_no_context_takeover", clientNoContextTakeover: true),
            Case(
                text: DeflateOffer.clientHeaderValue, serverNoContextTakeover: true, clientNoContextTakeover: true,
                clientBits: 15),
        ])
    func read(testCase: Case) throws {
        let terms = try #require(DeflateOffer(testCase.text)).terms
        #expect(terms.serverNoContextTakeover == testCase.serverNoContextTakeover)
        #expect(terms.clientNoContextTakeover == testCase.clientNoContextTakeover)
        #expect(terms.serverMaximumWindowBits == testCase.serverBits)
        #expect(terms.clientMaximumWindowBits == testCase.clientBits)
    }

    static let refusedParameters = [
        "unknown", "unknown=1", "Server_no_context_takeover", "",
        "server_no_context_takeover=1", "client_no_context_takeover=true", "server_no_context_takeover=",
        "server_max_window_bits", "server_max_window_bits=", "server_max_window_bits=7", "server_max_window_bits=16",
        "server_max_window_bits=010", "server_max_window_bits=09", "server_max_window_bits=+9",
        "server_max_window_bits=-9", "server_max_window_bits=0", "server_max_window_bits=9x",
        "server_max_window_bits=99999999999999999999", "server_max_window_bits=\"\"",
        "server_max_window_bits=\"10", "client_max_window_bits=7", "client_max_window_bits=16",
        "client_max_window_bits=08", "client_max_window_bits=x", "client_max_window_bits=",
        "server_no_context_takeover; server_no_context_takeover",
        "client_no_context_takeover; client_no_context_takeover",
        "server_max_window_bits=10; server_max_window_bits=10",
        "client_max_window_bits=10; client_max_window_bits=10",
        "client_max_window_bits; client_max_window_bits",
        "client_max_window_bits=10; client_max_window_bits", "client_max_window_bits; client_max_window_bits=10",
    ]

    @Test("an offer with a parameter that is not allowed is none", arguments: refusedParameters)
    func refused(parameters: String) {
        #expect(DeflateOffer("permessage-deflate; \(parameters)") == nil)
        #expect(DeflateOffer("permessage-deflate; \(parameters); client_max_window_bits=11") == nil)
    }

    @Test(
        "another extension is none", arguments: ["permessage-bzip2", "x-permessage-deflate", "", "permessage-deflate2"])
    func otherExtension(text: String) {
        #expect(DeflateOffer(text) == nil)
    }
}
