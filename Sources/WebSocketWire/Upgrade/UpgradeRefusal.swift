/// Why a server does not answer a request with 101 (RFC 6455 §4.2.1).
package enum UpgradeRefusal: Error, Equatable {
    case badMethod
    case invalidKey
    case missingConnectionUpgrade
    case missingKey
    /// There is no `Upgrade: websocket`.
    case notAnUpgrade
    case unsupportedHTTPVersion
    /// Of the WebSocket protocol; only 13 is known.
    case unsupportedVersion

    /// The status of the answer.
    package var statusCode: Int {
        switch self {
        case .badMethod: 405
        case .notAnUpgrade, .unsupportedVersion: 426
        case .invalidKey, .missingConnectionUpgrade, .missingKey, .unsupportedHTTPVersion: 400
        }
    }

    /// One sentence for people.
    package var details: String {
        switch self {
        case .badMethod: "A WebSocket upgrade must be a GET request."
        case .invalidKey: "Sec-WebSocket-Key must be the base64 of 16 bytes."
        case .missingConnectionUpgrade: "The Connection field must contain Upgrade."
        case .missingKey: "The request has no Sec-WebSocket-Key, or more than one."
        case .notAnUpgrade: "The Upgrade field must contain websocket."
        case .unsupportedHTTPVersion: "A WebSocket upgrade needs HTTP/1.1."
        case .unsupportedVersion: "Sec-WebSocket-Version must be 13."
        }
    }

    /// The fields that the status asks for in the answer (RFC 9110 §15.5.6, §15.5.22; RFC 6455 §4.4).
    package var headers: HTTPHeaders {
        var headers = HTTPHeaders()
        switch statusCode {
        case 405: headers.add("Allow", "GET")
        case 426:
            headers.add("Upgrade", "websocket")
            headers.add("Connection", "Upgrade")
            headers.add("Sec-WebSocket-Version", ServerUpgrade.version)
        default: break
        }
        return headers
    }
}

extension UpgradeRefusal: CustomStringConvertible {
    package var description: String { details }
}
