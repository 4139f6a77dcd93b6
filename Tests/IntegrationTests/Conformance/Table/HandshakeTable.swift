/// Requests for `/echo` and how a server with compression answers them (RFC 6455 §4.2, RFC 7692 §5.1).
enum HandshakeTable {
    static var all: [HandshakeCase] { accepted + refused + offers }

    /// RFC 6455 §1.3.
    private static let accept = ["Sec-WebSocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="]

    private static func taken(
        _ sentence: String, requestLine: String = "GET /echo HTTP/1.1", changes: [String: [String]] = [:],
        added: [String] = [], fields: [String: String] = [:], absentFields: [String] = []
    ) -> HandshakeCase {
        HandshakeCase(
            sentence, "101", requestLine: requestLine, changes: changes, added: added,
            fields: accept.merging(fields) { first, _ in first }, absentFields: absentFields)
    }

    private static var accepted: [HandshakeCase] {
        [
            taken(
                "a request as it should be", fields: ["Upgrade": "websocket", "Connection": "Upgrade"],
                absentFields: ["Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol"]),
            taken("a query", requestLine: "GET /echo?a=b HTTP/1.1"),
            taken("an absolute target", requestLine: "GET ws://localhost/echo HTTP/1.1"),
            taken("Upgrade in capitals", changes: [HandshakeCase.upgrade: ["UPGRADE: WebSocket"]]),
            taken("Connection in small letters", changes: [HandshakeCase.connection: ["connection: upgrade"]]),
            taken(
                "Connection with another option",
                changes: [HandshakeCase.connection: ["Connection: keep-alive, Upgrade"]]),
            taken(
                "two Connection fields",
                changes: [HandshakeCase.connection: ["Connection: keep-alive", "Connection: Upgrade"]]),
            taken("no space behind a colon", changes: [HandshakeCase.version: ["Sec-WebSocket-Version:13"]]),
            taken("spaces around a value", changes: [HandshakeCase.version: ["Sec-WebSocket-Version: \t13 \t"]]),
            taken("a field of no meaning", added: ["X-Other: something"]),
            taken("an origin", added: ["Origin: http://localhost"]),
            taken(
                "subprotocols, of which the first is chosen", added: ["Sec-WebSocket-Protocol: chat, superchat"],
                fields: ["Sec-WebSocket-Protocol": "chat"]),
            taken(
                "an unknown extension", added: ["Sec-WebSocket-Extensions: x-other; a=b"],
                absentFields: ["Sec-WebSocket-Extensions"]),
        ]
    }

    private static func without(_ line: String) -> [String: [String]] { [line: []] }

    private static var refused: [HandshakeCase] {
        [
            HandshakeCase("no Host", "400", changes: without(HandshakeCase.host)),
            HandshakeCase("two Host fields", "400", added: ["Host: localhost"]),
            HandshakeCase("another path", "404", requestLine: "GET /nowhere HTTP/1.1"),
            HandshakeCase("HTTP/1.0", "400", requestLine: "GET /echo HTTP/1.0"),
            HandshakeCase("HTTP/2.0", "505", requestLine: "GET /echo HTTP/2.0"),
            HandshakeCase("no HTTP at all", "400", requestLine: "echo"),
            HandshakeCase("POST", "405", requestLine: "POST /echo HTTP/1.1", fields: ["Allow": "GET"]),
            HandshakeCase("no Upgrade", "426", changes: without(HandshakeCase.upgrade)),
            HandshakeCase(
                "Upgrade to something else", "426", changes: [HandshakeCase.upgrade: ["Upgrade: h2c"]]),
            HandshakeCase("no Connection", "400", changes: without(HandshakeCase.connection)),
            HandshakeCase(
                "Connection without Upgrade", "400",
                changes: [HandshakeCase.connection: ["Connection: keep-alive"]]),
            HandshakeCase("no key", "400", changes: without(HandshakeCase.key)),
            HandshakeCase("two keys", "400", added: [HandshakeCase.key]),
            key("an empty key", ""),
            key("a key of 15 bytes", "AAECAwQFBgcICQoLDA0O"),
            key("a key of 17 bytes", "AAECAwQFBgcICQoLDA0ODxA="),
            key("a key without its padding", "dGhlIHNhbXBsZSBub25jZQ"),
            key("a key with another character", "dGhlIHNhbXBsZSBub25j_Q=="),
            key("a key with bits behind its end", "dGhlIHNhbXBsZSBub25jZR=="),
            version("no version", []),
            version("version 8", ["Sec-WebSocket-Version: 8"]),
            version("version 14", ["Sec-WebSocket-Version: 14"]),
            version("a version that is no number", ["Sec-WebSocket-Version: x"]),
        ]
    }

    private static func key(_ sentence: String, _ value: String) -> HandshakeCase {
        HandshakeCase(sentence, "400", changes: [HandshakeCase.key: ["Sec-WebSocket-Key: \(value)"]])
    }

    /// The answer tells which version would do (RFC 6455 §4.4).
    private static func version(_ sentence: String, _ lines: [String]) -> HandshakeCase {
        HandshakeCase(
            sentence, "426", changes: [HandshakeCase.version: lines],
            fields: ["Sec-WebSocket-Version": "13", "Upgrade": "websocket"])
    }

    private static var offers: [HandshakeCase] {
        [
            offer("permessage-deflate", answered: ""),
            offer("PerMessage-Deflate", answered: ""),
            offer("x-other, permessage-deflate", answered: ""),
            offer("permessage-deflate;server_no_context_takeover", answered: ""),
            offer("permessage-deflate ; client_no_context_takeover", answered: ""),
            offer("permessage-deflate; client_max_window_bits", answered: "; client_max_window_bits=15"),
            offer("permessage-deflate; client_max_window_bits=8", answered: "; client_max_window_bits=8"),
            offer(#"permessage-deflate; server_max_window_bits="10""#, answered: "; server_max_window_bits=10"),
            offer(
                "permessage-deflate; server_max_window_bits=8, permessage-deflate; server_max_window_bits=9",
                answered: "; server_max_window_bits=9"),
            offer("permessage-deflate; other, permessage-deflate", answered: ""),
            offer(
                "permessage-deflate; server_max_window_bits=11, permessage-deflate",
                answered: "; server_max_window_bits=11"),
            offer("permessage-deflate; server_max_window_bits=8", answered: nil),
            offer("permessage-deflate; server_max_window_bits=7", answered: nil),
            offer("permessage-deflate; server_max_window_bits=16", answered: nil),
            offer("permessage-deflate; server_max_window_bits=09", answered: nil),
            offer("permessage-deflate; server_max_window_bits=+9", answered: nil),
            offer("permessage-deflate; server_max_window_bits", answered: nil),
            offer("permessage-deflate; client_max_window_bits=16", answered: nil),
            offer("permessage-deflate; client_max_window_bits=x", answered: nil),
            offer("permessage-deflate; server_no_context_takeover=1", answered: nil),
            offer("permessage-deflate; client_no_context_takeover; client_no_context_takeover", answered: nil),
            offer("permessage-deflate; server_max_window_bits=10; server_max_window_bits=10", answered: nil),
            offer("permessage-deflate; unknown", answered: nil),
            offer("permessage-deflate; Server_No_Context_Takeover", answered: nil),
            offer("permessage-deflate;", answered: nil),
            offer("x-webkit-deflate-frame", answered: nil),
        ]
    }

    /// - Parameter answered: the parameters of the answer besides the two for context takeover; nil where the offer is
    ///   declined, and the connection opened without.
    private static func offer(_ value: String, answered: String?) -> HandshakeCase {
        let field = "Sec-WebSocket-Extensions"
        let sentence = "the offer \(value)"
        guard let answered, let answer = CompressionTerms(answered: answered).answer else {
            return taken(sentence, added: ["\(field): \(value)"], absentFields: [field])
        }
        return taken(sentence, added: ["\(field): \(value)"], fields: [field: answer])
    }
}
