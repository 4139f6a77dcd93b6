/// What the kernel's stamp of a read says of the time that the data lay in our own receive queue.
///
/// A stamp is that of the last segment of the read (`SO_TIMESTAMPING`), so it speaks for a message only where the
/// read holds that one message and nothing else. Both times are of `CLOCK_REALTIME`, read on the same machine, so there is no
/// offset to another clock to be known. Pure.
enum KernelStamp {
    /// Longer waits are a clock that was set, not a queue.
    static let limitNanoseconds: UInt64 = 60_000_000_000

    /// From the segment's arrival to its being read; nil where the clock was set in between.
    static func waitedNanoseconds(stampNanoseconds: UInt64, readAtNanoseconds: UInt64) -> UInt64? {
        guard readAtNanoseconds >= stampNanoseconds else { return nil }
        let waited = readAtNanoseconds - stampNanoseconds
        return waited <= limitNanoseconds ? waited : nil
    }

    /// Whether bytes that begin with a frame are one whole message in one frame (RFC 6455 §5.2), compressed or not,
    /// and nothing else.
    static func isLoneMessage(_ bytes: UnsafeRawBufferPointer) -> Bool {
        // Each index is below the count that the guards have made sure of.
        guard bytes.count >= 2 else { return false }
        // FIN and an opcode of data; RSV1 may be set (RFC 7692 §6).
        let start = bytes[0] & 0b1011_1111
        guard start == 0x81 || start == 0x82 else { return false }
        switch bytes[1] {
        case 0..<126:
            return bytes.count - 2 == Int(bytes[1])
        case 126:
            return bytes.count >= 4 && bytes.count - 4 == Int(bytes[2]) << 8 | Int(bytes[3])
        case 127:
            guard bytes.count >= 10 else { return false }
            return UInt64(bytes.count - 10) == bytes[2..<10].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        default:
            // Masked, which a server's frame is not.
            return false
        }
    }
}
