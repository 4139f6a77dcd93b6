/// The first line of a request (RFC 9112 §3).
struct HTTPRequestLine {
    let method: String
    let path: String
    let query: String?
    let minorVersion: Int

    init(parsing line: [UInt8]) throws(HTTPViolation) {
        let words = line.split(separator: HTTPGrammar.space, omittingEmptySubsequences: false)
        guard words.count == 3 else {
            throw .badRequest("The request line is malformed, expected: METHOD TARGET HTTP/1.1")
        }
        guard HTTPGrammar.isToken(words[0]) else {
            throw .badRequest("The method has characters that are not allowed.")
        }
        minorVersion = try HTTPVersion.minor(words[2])
        method = String(decoding: words[0], as: UTF8.self)
        let target = try Self.originForm(words[1], method: method)
        let parts = target.split(
            separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        path = String(decoding: parts[0], as: UTF8.self)
        query = parts.count == 2 ? String(decoding: parts[1], as: UTF8.self) : nil
    }

    /// Path and query of a target in origin, absolute or asterisk form.
    private static func originForm(
        _ target: ArraySlice<UInt8>, method: String
    ) throws(HTTPViolation) -> ArraySlice<UInt8> {
        guard target.allSatisfy(HTTPGrammar.isTargetByte) else {
            throw .badRequest("The request target has characters that are not allowed.")
        }
        if target.first == UInt8(ascii: "/") { return target }
        if method == "OPTIONS", target.elementsEqual("*".utf8) { return target }
        for scheme in ["ws://", "wss://", "http://", "https://"] {
            guard
                String(decoding: target.prefix(scheme.utf8.count), as: UTF8.self)
                    .equalsIgnoringASCIICase(scheme)
            else { continue }
            let rest = target.dropFirst(scheme.utf8.count)
            let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
            guard !authority.isEmpty, authority.allSatisfy(HTTPGrammar.isAuthorityByte) else { break }
            let pathAndQuery = rest.dropFirst(authority.count)
            return pathAndQuery.first == UInt8(ascii: "/")
                ? pathAndQuery : [UInt8(ascii: "/")] + pathAndQuery
        }
        throw .badRequest("The request target is malformed, expected a path or an absolute URL.")
    }
}
