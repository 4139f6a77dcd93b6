import WebSocketWire

/// Why a text is no URL that can be posted to.
package enum PublishURLError: Error, Equatable {
    case badScheme
    case fragment
    /// Everything that is wrong with a ws URL too.
    case malformed(WebSocketURLError)

    /// One line for people.
    package var details: String {
        switch self {
        case .badScheme: "The URL must begin with http:// or https://"
        case .fragment: "A URL that is posted to has no fragment; write # as %23"
        case .malformed(let error): error.details
        }
    }
}

extension PublishURLError: CustomStringConvertible {
    package var description: String { details }
}
