import Testing

@testable import WebSocketWire

@Suite("DeflateAgreement, the client's side, RFC 7692 §7.1")
struct DeflateAnswerTests {
    private static let base = "permessage-deflate; server_no_context_takeover"

    private func parameters(
        serverBits: Int = 15, clientBits: Int = 15, clientNoContextTakeover: Bool = false
    ) -> DeflateParameters {
        DeflateParameters(
            serverMaximumWindowBits: serverBits, clientMaximumWindowBits: clientBits, serverNoContextTakeover: true,
            clientNoContextTakeover: clientNoContextTakeover)
    }

    @Test("an answer that fits our offer tells what is agreed on")
    func agreed() throws {
        let base = Self.base
        #expect(try DeflateAgreement.agreed(inAnswer: [base]) == parameters())
        #expect(
            try DeflateAgreement.agreed(inAnswer: ["\(base); client_no_context_takeover"])
                == parameters(clientNoContextTakeover: true))
        #expect(
            try DeflateAgreement.agreed(inAnswer: ["\(base); client_max_window_bits=10"])
                == parameters(clientBits: 10))
        #expect(
            try DeflateAgreement.agreed(inAnswer: ["\(base); server_max_window_bits=\"8\""])
                == parameters(serverBits: 8))
        #expect(
            try DeflateAgreement.agreed(inAnswer: ["other; x=1", "PerMessage-Deflate; server_no_context_takeover"])
                == parameters())
    }

    @Test("no answer means no compression")
    func declined() throws {
        #expect(try DeflateAgreement.agreed(inAnswer: []) == nil)
        #expect(try DeflateAgreement.agreed(inAnswer: ["other; permessage-deflate"]) == nil)
    }

    private static let name = "permessage-deflate"
    private static let takeover = "server_no_context_takeover"

    static let refusals: [([String], UpgradeFailure)] = [
        (["permessage-deflate"], .missingExtensionParameter(takeover, of: name)),
        (
            ["permessage-deflate; client_no_context_takeover; client_max_window_bits=9"],
            .missingExtensionParameter(takeover, of: name)
        ),
        ([base, base], .repeatedExtension(name)),
        ([base, "x", "permessage-deflate"], .repeatedExtension(name)),
        (["\(base); x"], .invalidExtensionParameter("x", of: name)),
        (["\(base); x=1"], .invalidExtensionParameter("x=1", of: name)),
        (["\(base); server_no_context_takeover"], .invalidExtensionParameter(takeover, of: name)),
        (["permessage-deflate; \(takeover)=1"], .invalidExtensionParameter("\(takeover)=1", of: name)),
        (["\(base); client_max_window_bits"], .invalidExtensionParameter("client_max_window_bits", of: name)),
        (["\(base); client_max_window_bits=7"], .invalidExtensionParameter("client_max_window_bits=7", of: name)),
        (["\(base); client_max_window_bits=16"], .invalidExtensionParameter("client_max_window_bits=16", of: name)),
        (["\(base); server_max_window_bits"], .invalidExtensionParameter("server_max_window_bits", of: name)),
        (["\(base); server_max_window_bits=7"], .invalidExtensionParameter("server_max_window_bits=7", of: name)),
        (["\(base); server_max_window_bits=16"], .invalidExtensionParameter("server_max_window_bits=16", of: name)),
        (
            ["\(base); server_max_window_bits=9; server_max_window_bits=9"],
            .invalidExtensionParameter("server_max_window_bits=9", of: name)
        ),
        (["\(base);"], .malformedExtension("\(base);")),
        (["\(base); client_max_window_bits=\"10"], .malformedExtension("\(base); client_max_window_bits=\"10")),
    ]

    @Test("an answer that does not fit our offer fails the connection", arguments: refusals)
    func refused(elements: [String], failure: UpgradeFailure) {
        #expect(throws: failure) { _ = try DeflateAgreement.agreed(inAnswer: elements) }
    }

    @Test("a failure names what was found")
    func details() {
        #expect(UpgradeFailure.malformedExtension("a;").details.contains("a;"))
        #expect(UpgradeFailure.repeatedExtension("a").details.contains("a more than once"))
        #expect(UpgradeFailure.invalidExtensionParameter("b=1", of: "a").details.contains("a with the parameter b=1"))
        #expect(UpgradeFailure.missingExtensionParameter("b", of: "a").details.contains("a without the parameter b"))
    }

    @Test("a client compresses with the agreed window or a smaller one", arguments: Array(9...15))
    func clientWindow(bits: Int) {
        #expect(parameters(clientBits: bits).clientDeflaterWindowBits() == bits)
        #expect(parameters(clientBits: bits).clientDeflaterWindowBits(atMost: 9) == 9)
        #expect(parameters(clientBits: bits).clientDeflaterWindowBits(atMost: 12) == min(bits, 12))
    }

    @Test("a client that is held to a window of 256 bytes cannot compress")
    func smallestWindow() {
        #expect(parameters(clientBits: 8).clientDeflaterWindowBits() == nil)
    }
}
