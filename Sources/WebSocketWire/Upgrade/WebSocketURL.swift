/// A ws or wss URL (RFC 6455 §3).
package struct WebSocketURL: Equatable, Sendable {
    package let isSecure: Bool
    /// A name or an address; IPv6 without its brackets.
    package let host: String
    package let port: UInt16
    /// The request target: the path with the query, at least `/`.
    package let path: String

    /// Parses `ws://host[:port][/path][?query]`, or the same with `wss`.
    package init(_ text: String) throws(WebSocketURLError) {
        let bytes = Array(text.utf8)
        let rest: ArraySlice<UInt8>
        if let tail = Self.drop("ws://", from: bytes) {
            (isSecure, rest) = (false, tail)
        } else if let tail = Self.drop("wss://", from: bytes) {
            (isSecure, rest) = (true, tail)
        } else {
            throw .badScheme
        }
        guard !rest.contains(UInt8(ascii: "#")) else { throw .fragment }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        let target = rest.dropFirst(authority.count)
        guard target.allSatisfy(HTTPGrammar.isTargetByte) else { throw .badPath }
        let prefix = target.first == UInt8(ascii: "/") ? "" : "/"
        path = prefix + String(decoding: target, as: UTF8.self)
        let parsed: HTTPAuthority
        do throws(HTTPAuthorityError) {
            parsed = try HTTPAuthority(parsing: authority)
        } catch {
            switch error {
            case .badHost: throw WebSocketURLError.badHost
            case .badPort: throw WebSocketURLError.badPort
            }
        }
        host = parsed.host
        port = parsed.port ?? Self.defaultPort(isSecure: isSecure)
    }

    /// What the Host field says: the port only when it is not the scheme's default (RFC 6455 §4.1).
    package var authority: String {
        HTTPAuthority(host: host, port: port).text(defaultPort: Self.defaultPort(isSecure: isSecure))
    }

    private static func defaultPort(isSecure: Bool) -> UInt16 { isSecure ? 443 : 80 }

    private static func drop(_ scheme: String, from bytes: [UInt8]) -> ArraySlice<UInt8>? {
        let prefix = String(decoding: bytes.prefix(scheme.utf8.count), as: UTF8.self)
        return prefix.equalsIgnoringASCIICase(scheme) ? bytes.dropFirst(scheme.utf8.count) : nil
    }
}
