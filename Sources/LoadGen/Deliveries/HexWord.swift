/// Eight lower-case hexadecimal digits in one machine word: 32 bits as text, without a loop or a table.
///
/// The bytes of a word are digits, the most significant digit in the most significant byte; in memory the
/// word stands in big-endian order. All steps work on the eight bytes at once and no byte ever carries into
/// its neighbour.
package enum HexWord {
    /// A byte of one in each of the eight lanes; times a byte, that byte in each lane.
    private static let lanes: UInt64 = 0x0101_0101_0101_0101

    /// The digits of `value`.
    @inline(__always)
    package static func encode(_ value: UInt32) -> UInt64 {
        var nibbles = UInt64(value)
        nibbles = (nibbles | (nibbles << 16)) & 0x0000_ffff_0000_ffff
        nibbles = (nibbles | (nibbles << 8)) & 0x00ff_00ff_00ff_00ff
        nibbles = (nibbles | (nibbles << 4)) & 0x0f0f_0f0f_0f0f_0f0f
        return digits(of: nibbles)
    }

    /// The value of eight digits; nil if one of the bytes is no lower-case hexadecimal digit.
    @inline(__always)
    package static func decode(_ word: UInt64) -> UInt32? {
        // Letters differ from decimal digits in bit 6, and 'a' & 15 is 1.
        let letters = (word >> 6) & lanes
        var nibbles = (word & (lanes &* 0x0f)) &+ letters &* 9
        // What was no digit is either too large for a nibble or comes back as another byte.
        guard nibbles & (lanes &* 0xf0) == 0, digits(of: nibbles) == word else { return nil }
        nibbles = (nibbles | (nibbles >> 4)) & 0x00ff_00ff_00ff_00ff
        nibbles = (nibbles | (nibbles >> 8)) & 0x0000_ffff_0000_ffff
        return UInt32(truncatingIfNeeded: nibbles | (nibbles >> 16))
    }

    /// The digit of each lane's nibble.
    @inline(__always)
    private static func digits(of nibbles: UInt64) -> UInt64 {
        let letters = ((nibbles &+ lanes &* 6) >> 4) & lanes
        return nibbles &+ lanes &* 0x30 &+ letters &* 0x27
    }
}
