/// Which JSON Foundation reads as RFC 8259 has it. Beyond that are halves of surrogate pairs (§8.2) and numbers that
/// do not fit its types (§6); our grammar allows both.
enum FoundationDialect {
    /// So many digits fit into Foundation's `Decimal`, with exponents of two digits.
    private static let digitLimit = 30
    private static let exponentDigitLimit = 2

    /// Whether a text has nothing of this kind. Errs on the safe side: an escaped pair is taken for halves.
    static func covers(_ bytes: [UInt8]) -> Bool {
        var digits = 0
        var isExponent = false
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                guard digits <= (isExponent ? exponentDigitLimit : digitLimit) else { return false }
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                (digits, isExponent) = (0, true)
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                break
            case UInt8(ascii: "\\"):
                let escape = bytes[(index + 1)...].prefix(2)
                guard !escape.elementsEqual("ud".utf8), !escape.elementsEqual("uD".utf8) else { return false }
                (digits, isExponent) = (0, false)
            default:
                (digits, isExponent) = (0, false)
            }
        }
        return true
    }
}
