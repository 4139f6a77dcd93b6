/// The server's half of the WebSocket handshake (RFC 6455 §4.2): a request that may be answered with 101.
package struct ServerUpgrade: Equatable, Sendable {
    static let version = "13"

    package let acceptKey: String
    /// In the client's order of preference. They may carry bearer tokens, so any text between commas is
    /// taken.
    package let offeredSubprotocols: [String]
    /// Each with its parameters, as sent, in the client's order of preference.
    package let offeredExtensions: [String]
    /// The page that opened the connection, where a browser did.
    package let origin: String?

    /// Checks a request by RFC 6455 §4.2.1.
    package static func validate(_ request: HTTPRequest) throws(UpgradeRefusal) -> ServerUpgrade {
        let headers = request.headers
        guard request.isUpgradeRequest else { throw .notAnUpgrade }
        guard request.method == "GET" else { throw .badMethod }
        guard request.minorVersion >= 1 else { throw .unsupportedHTTPVersion }
        guard headers.containsToken("Upgrade", in: "Connection") else { throw .missingConnectionUpgrade }
        guard headers.all("Sec-WebSocket-Version") == [version] else { throw .unsupportedVersion }
        let keys = headers.all("Sec-WebSocket-Key")
        guard keys.count == 1 else { throw .missingKey }
        guard Base64.encodesSixteenBytes(keys[0]) else { throw .invalidKey }
        return ServerUpgrade(
            acceptKey: AcceptKey.compute(for: keys[0]),
            offeredSubprotocols: headers.elements(of: "Sec-WebSocket-Protocol"),
            offeredExtensions: headers.elements(of: "Sec-WebSocket-Extensions"),
            origin: headers.first("Origin"))
    }

    /// The 101 response.
    /// - Parameters:
    ///   - subprotocol: one of those offered, or nil.
    ///   - extensions: the value of Sec-WebSocket-Extensions that was agreed on, or nil.
    package func response(subprotocol: String?, extensions: String? = nil) -> [UInt8] {
        var response = HTTPResponse(status: 101)
        response.headers.add("Upgrade", "websocket")
        response.headers.add("Connection", "Upgrade")
        response.headers.add("Sec-WebSocket-Accept", acceptKey)
        if let subprotocol { response.headers.add("Sec-WebSocket-Protocol", subprotocol) }
        if let extensions { response.headers.add("Sec-WebSocket-Extensions", extensions) }
        return response.serialized(keepAlive: true)
    }
}
