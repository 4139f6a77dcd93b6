/// The version in a start line (RFC 9112 §2.3).
enum HTTPVersion {
    /// The x of `HTTP/1.x`, 0 or 1.
    static func minor(_ version: ArraySlice<UInt8>) throws(HTTPViolation) -> Int {
        if version.elementsEqual("HTTP/1.1".utf8) { return 1 }
        if version.elementsEqual("HTTP/1.0".utf8) { return 0 }
        let numbers = version.dropFirst(5)
        let isVersion =
            version.starts(with: "HTTP/".utf8) && numbers.count == 3
            && HTTPGrammar.decimal(numbers.prefix(1)) != nil
            && numbers.dropFirst().first == UInt8(ascii: ".")
            && HTTPGrammar.decimal(numbers.suffix(1)) != nil
        throw isVersion
            ? .unsupportedVersion : .badRequest("The start line has no HTTP version, expected HTTP/1.1.")
    }
}
