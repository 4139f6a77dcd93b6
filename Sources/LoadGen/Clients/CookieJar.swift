import WebSocketWire

/// The cookies that a server has given one client, sent again when it comes back: how a load balancer knows it again.
///
/// Names and values alone (RFC 6265 §5.2): all go to the same host and path, and a run is shorter than their lives.
/// Bounds: those of §6.1, 50 cookies of 4,096 bytes each; what is beyond is dropped.
struct CookieJar: Equatable {
    private struct Cookie: Equatable {
        let name: String
        var value: String
    }

    private static let maximumCount = 50
    private static let maximumBytes = 4096

    private var cookies: [Cookie] = []

    /// Takes note of the cookies in a response; a jar is made for the first one.
    static func collect(_ headers: HTTPHeaders, into jar: inout CookieJar?) {
        for field in headers.all("Set-Cookie") {
            guard let cookie = parse(field) else { continue }
            var filled = jar ?? CookieJar()
            filled.set(cookie)
            jar = filled
        }
    }

    /// The fields of a request with the cookies added: to a Cookie field that is there already, as there may be only
    /// one (RFC 6265 §5.4).
    func adding(to fields: [(String, String)]) -> [(String, String)] {
        let own = cookies.map { "\($0.name)=\($0.value)" }
        let given = fields.filter { $0.0.equalsIgnoringASCIICase("Cookie") }.map(\.1)
        let others = fields.filter { !$0.0.equalsIgnoringASCIICase("Cookie") }
        return others + [("Cookie", (given + own).joined(separator: "; "))]
    }

    private mutating func set(_ cookie: Cookie) {
        if let index = cookies.firstIndex(where: { $0.name == cookie.name }) {
            cookies[index].value = cookie.value
        } else if cookies.count < Self.maximumCount {
            cookies.append(cookie)
        }
    }

    /// The pair in front of the attributes; nil where there is none, or none that is worth keeping.
    private static func parse(_ field: String) -> Cookie? {
        let pair = field.utf8.prefix { $0 != UInt8(ascii: ";") }
        guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let name = String(Substring(HTTPGrammar.trimmed(pair[..<equals])))
        let value = String(Substring(HTTPGrammar.trimmed(pair[pair.index(after: equals)...])))
        guard !name.isEmpty, name.utf8.count + value.utf8.count <= maximumBytes else { return nil }
        return Cookie(name: name, value: value)
    }
}
