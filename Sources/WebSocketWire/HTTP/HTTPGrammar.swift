/// The rules for characters that RFC 9110 and RFC 9112 build on.
package enum HTTPGrammar {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let carriageReturn = UInt8(ascii: "\r")
    static let lineFeed = UInt8(ascii: "\n")

    /// `token` (RFC 9110 §5.6.2): method and field names.
    package static func isToken(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy(isTokenByte)
    }

    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// What may stand in a field value (RFC 9110 §5.5): no control characters but the tab.
    package static func isFieldValueByte(_ byte: UInt8) -> Bool {
        byte == tab || (byte >= 0x20 && byte != 0x7F)
    }

    /// What may stand in a request target: visible ASCII without the fragment's `#`.
    static func isTargetByte(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "#")
    }

    /// What may stand in a host with its port (RFC 3986 §3.2, without user information).
    static func isAuthorityByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "#"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"): false
        case UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default: isTokenByte(byte)
        }
    }

    /// Without the spaces and tabs at both ends.
    package static func trimmed<Bytes: BidirectionalCollection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
        let isBlank = { (byte: UInt8) in byte == space || byte == tab }
        let tail = bytes.drop(while: isBlank)
        guard let last = tail.lastIndex(where: { !isBlank($0) }) else { return tail }
        return tail[...last]
    }

    /// The trimmed elements of a comma-separated list, without empty ones; quoted strings are kept whole.
    static func listElements(_ list: String) -> [String] {
        var isQuoted = false
        var isEscaped = false
        let elements = list.utf8.split { byte in
            defer { isEscaped = isQuoted && !isEscaped && byte == UInt8(ascii: "\\") }
            if byte == UInt8(ascii: "\""), !isEscaped { isQuoted.toggle() }
            return byte == UInt8(ascii: ",") && !isQuoted
        }
        return elements.map { String(Substring(trimmed($0))) }.filter { !$0.isEmpty }
    }

    /// A decimal number of digits alone; nil when it is none, `Int.max` when it is too large for an `Int`.
    static func decimal(_ bytes: some Collection<UInt8>) -> Int? {
        number(bytes, radix: 10)
    }

    /// As `decimal`, for hexadecimal digits.
    static func hexadecimal(_ bytes: some Collection<UInt8>) -> Int? {
        number(bytes, radix: 16)
    }

    private static func number(_ bytes: some Collection<UInt8>, radix: Int) -> Int? {
        guard !bytes.isEmpty else { return nil }
        var value = 0
        for byte in bytes {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, digit < radix else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: radix)
            value = overflow || product > Int.max - digit ? Int.max : product + digit
        }
        return value
    }
}
