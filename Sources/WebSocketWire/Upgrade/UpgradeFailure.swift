/// Why a client does not take a response for a WebSocket handshake (RFC 6455 §4.1).
package enum UpgradeFailure: Error, Equatable {
    /// Unknown, given twice, or with a value that is not allowed.
    case invalidExtensionParameter(String, of: String)
    case malformedExtension(String)
    case missingConnectionUpgrade
    /// One that an answer to our offer has to have.
    case missingExtensionParameter(String, of: String)
    case missingUpgrade
    case repeatedExtension(String)
    case unexpectedStatus(Int)
    case unofferedExtension(String)
    case unofferedSubprotocol(String)
    case wrongAcceptKey

    /// One sentence for people.
    package var details: String {
        switch self {
        case .invalidExtensionParameter(let parameter, let name):
            "The server chose the extension \(name) with the parameter \(parameter), "
                + "which is unknown, given twice or has a value that is not allowed."
        case .malformedExtension(let text):
            "The server's Sec-WebSocket-Extensions has \(text), expected a name and parameters behind semicolons."
        case .missingConnectionUpgrade: "The server's Connection field does not contain Upgrade."
        case .missingExtensionParameter(let parameter, let name):
            "The server chose the extension \(name) without the parameter \(parameter), which was asked for."
        case .missingUpgrade: "The server's Upgrade field is not websocket."
        case .repeatedExtension(let name): "The server chose the extension \(name) more than once."
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
