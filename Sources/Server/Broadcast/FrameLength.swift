/// The length of frames that this server wrote itself.
enum FrameLength {
    /// Header and payload bytes of the unmasked frame at `header` (RFC 6455 §5.2).
    static func ofUnmaskedFrame(at header: UnsafeRawPointer) -> Int {
        let short = header.load(fromByteOffset: 1, as: UInt8.self) & 0x7f
        switch short {
        case 126:
            return 4 + Int(UInt16(bigEndian: header.loadUnaligned(fromByteOffset: 2, as: UInt16.self)))
        case 127:
            return 10 + Int(UInt64(bigEndian: header.loadUnaligned(fromByteOffset: 2, as: UInt64.self)))
        default:
            return 2 + Int(short)
        }
    }

    /// Bytes of its header alone.
    static func headerBytesOfUnmaskedFrame(at header: UnsafeRawPointer) -> Int {
        switch header.load(fromByteOffset: 1, as: UInt8.self) & 0x7f {
        case 126: 4
        case 127: 10
        default: 2
        }
    }
}
