/// Why a client does not take a response for a WebSocket handshake (RFC 6455 §4.1).
package enum UpgradeFailure: Error, Equatable {
    case missingConnectionUpgrade
    case missingUpgrade
    case unexpectedStatus(Int)
    case unofferedExtension(String)
    case unofferedSubprotocol(String)
    case wrongAcceptKey

    /// One sentence for people.
    package var details: String {
        switch self {
        case .missingConnectionUpgrade: "The server's Connection field does not contain Upgrade."
        case .missingUpgrade: "The server's Upgrade field is not websocket."
        case .unexpectedStatus(let status):
            "The server answered \(Self.statusText(status)), expected 101 Switching Protocols."
        case .unofferedExtension(let name):
            "The server chose the extension \(name), which was not offered."
        case .unofferedSubprotocol(let name):
            "The server chose the subprotocol \(name), which was not offered."
        case .wrongAcceptKey: "The server's Sec-WebSocket-Accept does not match the key sent."
        }
    }

    private static func statusText(_ status: Int) -> String {
        let phrase = HTTPResponse.reasonPhrase(status)
        return phrase.isEmpty ? "\(status)" : "\(status) \(phrase)"
    }
}

extension UpgradeFailure: CustomStringConvertible {
    package var description: String { details }
}
