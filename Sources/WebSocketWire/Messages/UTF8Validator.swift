/// An incremental UTF-8 check that fails at the first byte which cannot belong to well-formed text, as the
/// Unicode Standard's table 3-7 lists it: no overlong forms, no surrogates, nothing above U+10FFFF.
///
/// Three bytes of state. Runs of ASCII are passed 16 bytes at a time.
package struct UTF8Validator: Sendable {
    /// Continuation bytes that the character under way still needs.
    private var outstanding: UInt8 = 0
    /// The range of the next continuation byte; narrower than 0x80...0xBF after some lead bytes.
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    package init() {}

    /// Whether the text could end here, that is, between two characters.
    package var isComplete: Bool { outstanding == 0 }

    /// Takes the next bytes of the text; false as soon as one is impossible. Do not go on after that.
    package mutating func consume(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        let count = bytes.count
        var index = 0
        while index < count {
            // Within the bytes: `index` is below `count`.
            let byte = base.load(fromByteOffset: index, as: UInt8.self)
            if outstanding == 0, byte < 0x80 {
                index = Self.endOfASCII(base, from: index + 1, count: count)
            } else {
                guard accept(byte) else { return false }
                index += 1
            }
        }
        return true
    }

    /// The position of the first byte that is not ASCII, or `count`.
    private static func endOfASCII(_ base: UnsafeRawPointer, from start: Int, count: Int) -> Int {
        let highBits: UInt64 = 0x8080_8080_8080_8080
        var index = start
        // Every load ends at or before `count`, and none needs an alignment.
        while count - index >= 16 {
            let first = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let second = base.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self)
            guard (first | second) & highBits == 0 else { break }
            index += 16
        }
        if count - index >= 8 {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += (word & highBits).trailingZeroBitCount / 8
        }
        while index < count, base.load(fromByteOffset: index, as: UInt8.self) < 0x80 {
            index += 1
        }
        return index
    }

    /// Takes a byte that is not ASCII, or that comes within a character.
    private mutating func accept(_ byte: UInt8) -> Bool {
        guard outstanding == 0 else {
            guard byte >= lowest, byte <= highest else { return false }
            outstanding -= 1
            lowest = 0x80
            highest = 0xBF
            return true
        }
        switch byte {
        case 0xC2...0xDF: outstanding = 1
        case 0xE0: (outstanding, lowest) = (2, 0xA0)
        case 0xED: (outstanding, highest) = (2, 0x9F)
        case 0xE1...0xEF: outstanding = 2
        case 0xF0: (outstanding, lowest) = (3, 0x90)
        case 0xF1...0xF3: outstanding = 3
        case 0xF4: (outstanding, highest) = (3, 0x8F)
        default: return false
        }
        return true
    }
}
