/// The number format of HdrHistogram's counts: signed numbers, small magnitudes in few bytes.
///
/// ZigZag puts the sign in the lowest bit; LEB128 writes seven bits a byte, lowest first, the eighth bit
/// saying that more follow. In HdrHistogram's variant a ninth byte holds eight bits, so that nine are always
/// enough (HdrHistogram, `ZigZagEncoding`, "LEB128-64b9B").
enum ZigZagLEB128 {
    static let maximumBytes = 9

    static func append(_ number: Int64, to bytes: inout [UInt8]) {
        var rest = UInt64(bitPattern: (number << 1) ^ (number >> 63))
        for _ in 1..<maximumBytes {
            guard rest >= 0x80 else { break }
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Takes one number off the front; nil when the bytes end within it.
    static func read(from bytes: inout ArraySlice<UInt8>) -> Int64? {
        var value: UInt64 = 0
        for position in 0..<UInt64(maximumBytes) {
            guard let byte = bytes.popFirst() else { return nil }
            let isLast = position == UInt64(maximumBytes) - 1
            value |= UInt64(isLast ? byte : byte & 0x7f) << (7 * position)
            if byte & 0x80 == 0 { break }
        }
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}
