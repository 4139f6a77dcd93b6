/// Numbers as decimal digits, written where they belong.
enum DecimalText {
    /// How many digits `value` has, 1 to 20.
    static func byteCount(of value: UInt64) -> Int {
        var count = 1
        var rest = value
        while rest >= 10 {
            rest /= 10
            count += 1
        }
        return count
    }

    /// Writes the digits at `offset` and returns how many they are; there must be room for them, else it is a
    /// programmer error.
    static func write(_ value: UInt64, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        let count = byteCount(of: value)
        precondition(offset >= 0 && count <= buffer.count - offset, "no room for a number")
        var rest = value
        for place in stride(from: offset + count - 1, through: offset, by: -1) {
            buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        return count
    }
}
