/// The host and the port that a URL names (RFC 3986 §3.2), without user information.
package struct HTTPAuthority: Equatable, Sendable {
    /// A name or an address; IPv6 without its brackets.
    package let host: String
    /// From 1 on; nil where none is named.
    package let port: UInt16?

    package init(host: String, port: UInt16?) {
        self.host = host
        self.port = port
    }

    /// Parses `host[:port]`, where an IPv6 address stands in brackets.
    package init(parsing text: ArraySlice<UInt8>) throws(HTTPAuthorityError) {
        let name: ArraySlice<UInt8>
        let rest: ArraySlice<UInt8>
        if text.first == UInt8(ascii: "[") {
            guard let end = text.firstIndex(of: UInt8(ascii: "]")) else { throw .badHost }
            name = text[text.startIndex + 1..<end]
            rest = text[(end + 1)...]
            guard name.contains(UInt8(ascii: ":")), name.allSatisfy(Self.isAddressByte) else { throw .badHost }
        } else {
            name = text.prefix { $0 != UInt8(ascii: ":") }
            rest = text.dropFirst(name.count)
            guard !name.isEmpty, name.allSatisfy(Self.isNameByte) else { throw .badHost }
        }
        host = String(decoding: name, as: UTF8.self)
        guard let colon = rest.first else {
            port = nil
            return
        }
        guard colon == UInt8(ascii: ":") else { throw .badHost }
        guard let number = HTTPGrammar.decimal(rest.dropFirst()), let named = UInt16(exactly: number), named > 0
        else { throw .badPort }
        port = named
    }

    /// As it stands in a URL or a Host field, without the port where that is `defaultPort`.
    package func text(defaultPort: UInt16?) -> String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        guard let port, port != defaultPort else { return name }
        return "\(name):\(port)"
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
