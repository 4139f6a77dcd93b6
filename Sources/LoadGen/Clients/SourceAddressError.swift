/// Why a text names no local addresses.
package enum SourceAddressError: Error, Equatable, CustomStringConvertible {
    case malformed(String)
    case reversed(String)
    case tooMany(String)

    package var description: String {
        switch self {
        case .malformed(let text):
            "expected a numeric address, or two of IPv4 as in 127.0.0.2-127.0.0.9, found '\(text)'"
        case .reversed(let text): "expected the smaller address first, found '\(text)'"
        case .tooMany(let text): "expected at most \(SourceAddresses.limit) addresses, found '\(text)'"
        }
    }
}
