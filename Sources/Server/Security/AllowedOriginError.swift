/// Why a text is no origin; wrong usage, told in one line.
package enum AllowedOriginError: Error, Equatable, CustomStringConvertible {
    case badScheme(String)
    case badHost(String)
    case badPort(String)
    /// Something stands behind the port.
    case path(String)

    package var description: String {
        switch self {
        case .badScheme(let text): "expected an origin such as https://app.example:8443, or null, found '\(text)'"
        case .badHost(let text):
            "expected an origin's host to be a name (without *), an IPv4 address or [IPv6], found '\(text)'"
        case .badPort(let text): "expected an origin's port to be a number from 1 to 65535, found '\(text)'"
        case .path(let text): "expected an origin without a path, a query or a / at its end, found '\(text)'"
        }
    }
}
