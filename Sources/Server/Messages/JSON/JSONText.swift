/// What stands between the quotes of a JSON string, as the UTF-8 that it means: escapes are resolved while it is read
/// (RFC 8259 §7).
///
/// Two texts are equal when they mean the same bytes, however they are written. Half a surrogate pair by itself, which
/// the grammar allows, becomes three bytes that are no UTF-8. Points into the bytes it was made of: not to be kept
/// beyond them. No allocation.
struct JSONText: Sequence, IteratorProtocol, Hashable {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    /// The bytes of an escaped character that are still to come, the next one lowest. None of them is 0.
    private var pending: UInt32 = 0

    /// - Parameter bytes: UTF-8 without the quotes, accepted by `JSONGrammar`.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// nil where it means no UTF-8.
    var string: String? {
        // Long texts mostly have no escapes, and are copied as a whole.
        guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
        return String(validating: self, as: UTF8.self)
    }

    static func == (one: JSONText, other: JSONText) -> Bool { one.elementsEqual(other) }

    func hash(into hasher: inout Hasher) {
        for byte in self { hasher.combine(byte) }
    }

    mutating func next() -> UInt8? {
        if pending != 0 {
            let byte = UInt8(truncatingIfNeeded: pending)
            pending >>= 8
            return byte
        }
        guard let byte = take() else { return nil }
        guard byte == UInt8(ascii: "\\"), let escaped = take() else { return byte }
        switch escaped {
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0c
        case UInt8(ascii: "n"): return 0x0a
        case UInt8(ascii: "r"): return 0x0d
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"): return character()
        default: return escaped
        }
    }

    private mutating func take() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// The first byte of the character behind `\u`; the others are left pending.
    private mutating func character() -> UInt8? {
        guard let unit = codeUnit(at: position) else { return nil }
        position += 4
        guard (0xd800..<0xdc00).contains(unit), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u"), let low = codeUnit(at: position + 2),
            (0xdc00..<0xe000).contains(low)
        else { return encode(unit) }
        position += 6
        return encode(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
    }

    /// Four hexadecimal digits.
    private func codeUnit(at start: Int) -> UInt32? {
        guard bytes.count - start >= 4 else { return nil }
        var unit: UInt32 = 0
        for index in start..<start + 4 {
            guard let digit = Character(UnicodeScalar(bytes[index])).hexDigitValue else { return nil }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    /// UTF-8 (RFC 3629 §3).
    private mutating func encode(_ character: UInt32) -> UInt8 {
        let last = 0x80 | character & 0x3f
        let third = 0x80 | character >> 6 & 0x3f
        let second = 0x80 | character >> 12 & 0x3f
        switch character {
        case 0..<0x80:
            return UInt8(truncatingIfNeeded: character)
        case 0x80..<0x800:
            pending = last
            return UInt8(truncatingIfNeeded: 0xc0 | character >> 6)
        case 0x800..<0x10000:
            pending = third | last << 8
            return UInt8(truncatingIfNeeded: 0xe0 | character >> 12)
        default:
            pending = second | third << 8 | last << 16
            return UInt8(truncatingIfNeeded: 0xf0 | character >> 18)
        }
    }
}
