/// The client's half of the WebSocket handshake (RFC 6455 §4.1).
package struct ClientUpgrade: Sendable {
    private let path: String
    private let headers: HTTPHeaders
    private let acceptKey: String

    /// - Parameters:
    ///   - host: with the port when it is not the scheme's default: `WebSocketURL.authority`.
    ///   - path: with the query: `WebSocketURL.path`.
    ///   - key: the base64 of 16 random bytes, fresh for each connection: `key(from:)`.
    ///   - subprotocols: in order of preference.
    ///   - extensions: the value of Sec-WebSocket-Extensions to offer, or nil.
    ///   - extra: further fields. Subprotocols and extensions among them count as offered, `Host` replaces
    ///     ours; the other fields of the handshake cannot be given.
    package init(
        host: String, path: String, key: String, subprotocols: [String] = [],
        extensions: String? = nil, headers extra: [(String, String)] = []
    ) {
        var headers = HTTPHeaders()
        let givenHost = extra.first { $0.0.equalsIgnoringASCIICase("Host") }?.1
        headers.add("Host", givenHost ?? host)
        headers.add("Upgrade", "websocket")
        headers.add("Connection", "Upgrade")
        headers.add("Sec-WebSocket-Key", key)
        headers.add("Sec-WebSocket-Version", ServerUpgrade.version)
        if !subprotocols.isEmpty {
            headers.add("Sec-WebSocket-Protocol", subprotocols.joined(separator: ", "))
        }
        if let extensions { headers.add("Sec-WebSocket-Extensions", extensions) }
        let fixed = ["Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version"]
        for (name, value) in extra where !fixed.contains(where: name.equalsIgnoringASCIICase) {
            headers.add(name, value)
        }
        self.path = path
        self.headers = headers
        acceptKey = AcceptKey.compute(for: key)
    }

    /// A Sec-WebSocket-Key from 16 random bytes.
    package static func key(from random: (UInt64, UInt64)) -> String {
        Base64.encode(withUnsafeBytes(of: random) { Array($0) })
    }

    /// The request's bytes.
    package func request() -> [UInt8] {
        var bytes = Array("GET \(path) HTTP/1.1\r\n".utf8)
        headers.append(to: &bytes)
        return bytes
    }

    /// Checks the response; returns the subprotocol that the server chose, nil for none.
    package func validate(_ response: HTTPClientResponse) throws(UpgradeFailure) -> String? {
        guard response.status == 101 else { throw .unexpectedStatus(response.status) }
        let upgrades = response.headers.all("Upgrade")
        guard upgrades.count == 1, upgrades[0].equalsIgnoringASCIICase("websocket") else {
            throw .missingUpgrade
        }
        guard response.headers.containsToken("Upgrade", in: "Connection") else {
            throw .missingConnectionUpgrade
        }
        guard response.headers.all("Sec-WebSocket-Accept") == [acceptKey] else { throw .wrongAcceptKey }
        let offeredExtensions = headers.elements(of: "Sec-WebSocket-Extensions").map(Self.extensionName)
        for name in response.headers.elements(of: "Sec-WebSocket-Extensions").map(Self.extensionName) {
            guard offeredExtensions.contains(where: name.equalsIgnoringASCIICase) else {
                throw .unofferedExtension(name)
            }
        }
        let chosen = response.headers.all("Sec-WebSocket-Protocol")
        guard let subprotocol = chosen.first else { return nil }
        guard chosen.count == 1, headers.elements(of: "Sec-WebSocket-Protocol").contains(subprotocol) else {
            throw .unofferedSubprotocol(chosen.joined(separator: ", "))
        }
        return subprotocol
    }

    /// An extension without its parameters.
    private static func extensionName(_ offer: String) -> String {
        String(Substring(HTTPGrammar.trimmed(offer.utf8.prefix { $0 != UInt8(ascii: ";") })))
    }
}
