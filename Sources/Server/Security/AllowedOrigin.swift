import WebSocketWire

/// An origin (RFC 6454): where a page comes from, as scheme, host and port.
///
/// Two are equal when these three are: scheme and host without regard to case, the port being the scheme's default
/// where none is written. An IPv6 address is taken as it is written; browsers write the shortest form.
package struct AllowedOrigin: Equatable, Sendable, CustomStringConvertible {
    /// As browsers write it: in small letters, without a default port. `null` is the origin of pages that have none.
    package let description: String

    /// Parses `scheme://host[:port]` (RFC 6454 §6.2), or `null`.
    package init(parsing text: String) throws(AllowedOriginError) {
        guard text != "null" else {
            description = text
            return
        }
        let bytes = Array(text.utf8)
        let scheme = bytes.prefix { $0 != UInt8(ascii: ":") }
        let rest = bytes[scheme.endIndex...]
        guard Self.isScheme(scheme), rest.starts(with: "://".utf8) else { throw .badScheme(text) }
        let place = rest.dropFirst("://".utf8.count)
        guard !place.contains(where: { "/?#".utf8.contains($0) }) else { throw .path(text) }
        let authority: HTTPAuthority
        do throws(HTTPAuthorityError) {
            authority = try HTTPAuthority(parsing: place)
        } catch {
            switch error {
            case .badHost: throw AllowedOriginError.badHost(text)
            case .badPort: throw AllowedOriginError.badPort(text)
            }
        }
        // Somebody who writes an asterisk expects a pattern, which would be taken for a name that no page has.
        guard !authority.host.utf8.contains(UInt8(ascii: "*")) else { throw .badHost(text) }
        let name = String(decoding: scheme, as: UTF8.self).lowercased()
        description = "\(name)://\(authority.text(defaultPort: Self.defaultPort(name)).lowercased())"
    }

    private static func defaultPort(_ scheme: String) -> UInt16? {
        switch scheme {
        case "http": 80
        case "https": 443
        default: nil
        }
    }

    /// RFC 3986 §3.1.
    private static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, isLetter(first) else { return false }
        return bytes.allSatisfy { byte in
            isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.".utf8.contains(byte)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}
