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
        let (host, portDigits) = try Self.split(authority)
        self.host = String(decoding: host, as: UTF8.self)
        guard let portDigits else {
            port = Self.defaultPort(isSecure: isSecure)
            return
        }
        guard let number = HTTPGrammar.decimal(portDigits), let port = UInt16(exactly: number), port > 0
        else { throw .badPort }
        self.port = port
    }

    /// What the Host field says: the port only when it is not the scheme's default (RFC 6455 §4.1).
    package var authority: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return port == Self.defaultPort(isSecure: isSecure) ? name : "\(name):\(port)"
    }

    private static func defaultPort(isSecure: Bool) -> UInt16 { isSecure ? 443 : 80 }

    private static func drop(_ scheme: String, from bytes: [UInt8]) -> ArraySlice<UInt8>? {
        let prefix = String(decoding: bytes.prefix(scheme.utf8.count), as: UTF8.self)
        return prefix.equalsIgnoringASCIICase(scheme) ? bytes.dropFirst(scheme.utf8.count) : nil
    }

    /// Host and port digits, nil without a colon behind the host.
    private static func split(
        _ authority: ArraySlice<UInt8>
    ) throws(WebSocketURLError) -> (host: ArraySlice<UInt8>, port: ArraySlice<UInt8>?) {
        let isLiteral = authority.first == UInt8(ascii: "[")
        let host: ArraySlice<UInt8>
        let rest: ArraySlice<UInt8>
        if isLiteral {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { throw .badHost }
            host = authority[authority.startIndex + 1..<end]
            rest = authority[(end + 1)...]
            guard host.contains(UInt8(ascii: ":")), host.allSatisfy(isAddressByte) else { throw .badHost }
        } else {
            host = authority.prefix { $0 != UInt8(ascii: ":") }
            rest = authority.dropFirst(host.count)
            guard !host.isEmpty, host.allSatisfy(isNameByte) else { throw .badHost }
        }
        guard !rest.isEmpty else { return (host, nil) }
        guard rest.first == UInt8(ascii: ":") else { throw .badHost }
        return (host, rest.dropFirst())
    }

    /// Of an IPv6 address, perhaps with an IPv4 tail.
    private static func isAddressByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
            || HTTPGrammar.hexadecimal(CollectionOfOne(byte)) != nil
    }

    /// Of a name or an IPv4 address.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte != UInt8(ascii: "#") && HTTPGrammar.isAuthorityByte(byte)
            && !"[]:,;=()".utf8.contains(byte)
    }
}
