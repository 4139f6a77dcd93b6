/// Why a text is no WebSocket URL.
package enum WebSocketURLError: Error, Equatable {
    case badScheme
    case badHost
    case badPort
    case badPath
    case fragment

    /// One line for people.
    package var details: String {
        switch self {
        case .badScheme: "The URL must begin with ws:// or wss://"
        case .badHost: "The URL's host is missing or malformed, expected a name, an IPv4 address or [IPv6]"
        case .badPort: "The URL's port must be a number from 1 to 65535"
        case .badPath: "The URL's path has characters that must be percent-encoded"
        case .fragment: "A WebSocket URL has no fragment; write # as %23"
        }
    }
}

extension WebSocketURLError: CustomStringConvertible {
    package var description: String { details }
}
