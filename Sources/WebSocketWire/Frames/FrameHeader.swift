/// A frame's header as it arrives, byte by byte (RFC 6455 §5.2). 15 bytes, no allocation.
struct FrameHeader {
    private var bytes = InlineArray<14, UInt8>(repeating: 0)
    private(set) var count: UInt8 = 0

    mutating func append(_ byte: UInt8) {
        bytes[Int(count)] = byte
        count += 1
    }

    mutating func removeAll() {
        count = 0
    }

    var isFinal: Bool { bytes[0] & 0x80 != 0 }
    var reservedBits: UInt8 { bytes[0] & 0x70 }
    var opcodeBits: UInt8 { bytes[0] & 0x0F }
    var isMasked: Bool { bytes[1] & 0x80 != 0 }
    /// 0 to 125 is the length itself; 126 and 127 announce one of two or eight bytes.
    var lengthField: UInt8 { bytes[1] & 0x7F }

    /// The two first bytes tell the size of the whole.
    var isComplete: Bool {
        count >= 2 && Int(count) == 2 + lengthBytes + (isMasked ? 4 : 0)
    }

    /// The declared length, whichever form it has. Requires a complete header.
    var payloadLength: UInt64 {
        guard lengthBytes > 0 else { return UInt64(lengthField) }
        var length: UInt64 = 0
        for index in 2..<2 + lengthBytes {
            length = length << 8 | UInt64(bytes[index])
        }
        return length
    }

    /// Whether the length could not have been written in a shorter form. Requires a complete header.
    var hasMinimalLength: Bool {
        switch lengthField {
        case 126: payloadLength >= 126
        case 127: payloadLength >= 65536
        default: true
        }
    }

    /// Meaningful in a complete header of a masked frame.
    var maskingKey: MaskingKey {
        guard isMasked else { return MaskingKey(bits: 0) }
        var bits: UInt32 = 0
        for index in 0..<4 {
            bits |= UInt32(bytes[2 + lengthBytes + index]) << (8 * UInt32(index))
        }
        return MaskingKey(bits: bits)
    }

    private var lengthBytes: Int {
        switch lengthField {
        case 126: 2
        case 127: 8
        default: 0
        }
    }
}
