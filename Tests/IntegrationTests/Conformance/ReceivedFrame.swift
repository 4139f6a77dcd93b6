/// A frame from the program under test, taken apart without its own parser (RFC 6455 §5.2).
struct ReceivedFrame {
    /// FIN, the reserved bits and the opcode.
    let firstByte: UInt8
    let isMasked: Bool
    /// Whether the length has the shortest form that it can have.
    let hasShortestLength: Bool
    /// Unmasked.
    let payload: [UInt8]

    var isFinal: Bool { firstByte & 0x80 != 0 }
    var isCompressed: Bool { firstByte & 0x40 != 0 }
    var hasUnknownBits: Bool { firstByte & 0x30 != 0 }
    var opcode: UInt8 { firstByte & 0x0F }

    /// Whether `bytes` begin with a whole frame.
    static func isWhole(_ bytes: [UInt8]) -> Bool {
        guard let layout = Layout(bytes) else { return false }
        return bytes.count - layout.headerBytes >= layout.payloadBytes
    }

    /// The frame that `bytes` begin with and its size on the wire; nil while it is not whole.
    static func parse(_ bytes: [UInt8]) -> (frame: ReceivedFrame, byteCount: Int)? {
        guard isWhole(bytes), let layout = Layout(bytes) else { return nil }
        let total = layout.headerBytes + layout.payloadBytes
        var payload = Array(bytes[layout.headerBytes..<total])
        if layout.isMasked {
            let key = Array(bytes[layout.headerBytes - 4..<layout.headerBytes])
            ConformanceFrame.mask(&payload, from: 0, with: key)
        }
        let frame = ReceivedFrame(
            firstByte: bytes[0], isMasked: layout.isMasked, hasShortestLength: layout.isShortest, payload: payload)
        return (frame, total)
    }

    /// Where things are in a frame.
    private struct Layout {
        let isMasked: Bool
        let isShortest: Bool
        let headerBytes: Int
        let payloadBytes: Int

        /// Nil while the length is not whole.
        init?(_ bytes: [UInt8]) {
            guard bytes.count >= 2 else { return nil }
            let short = Int(bytes[1] & 0x7F)
            let lengthBytes = short == 126 ? 2 : short == 127 ? 8 : 0
            guard bytes.count >= 2 + lengthBytes else { return nil }
            isMasked = bytes[1] & 0x80 != 0
            headerBytes = 2 + lengthBytes + (isMasked ? 4 : 0)
            guard lengthBytes > 0 else {
                payloadBytes = short
                isShortest = true
                return
            }
            let length = bytes[2..<2 + lengthBytes].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            isShortest = length >= (lengthBytes == 2 ? 126 : 65_536)
            // No frame is that long; sums of it do not overflow.
            payloadBytes = Int(min(length, 1 << 40))
        }
    }
}
