import WebSocketWire

/// Where a request may carry a token.
enum PresentedToken {
    /// How many of the offered subprotocols are looked at. A head has room for thousands, and each costs a digest.
    static let subprotocolLimit = 16

    /// The token of `Authorization: Bearer <token>` (RFC 6750 §2.1); nil where there is none, or where several fields
    /// leave it open which one counts.
    static func bearer(_ headers: HTTPHeaders) -> String? {
        let fields = headers.all("Authorization")
        guard fields.count == 1 else { return nil }
        let words = fields[0].split(separator: " ")
        guard words.count == 2, String(words[0]).equalsIgnoringASCIICase("Bearer") else { return nil }
        return String(words[1])
    }

    /// The offered subprotocols, any of which may be a token: the only field that a page can set on a WebSocket.
    static func subprotocols(_ headers: HTTPHeaders) -> ArraySlice<String> {
        headers.elements(of: "Sec-WebSocket-Protocol").prefix(subprotocolLimit)
    }
}
