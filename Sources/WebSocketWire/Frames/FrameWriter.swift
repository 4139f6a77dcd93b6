/// Serialises frames (RFC 6455 §5.2).
package enum FrameWriter {
    package static let maximumHeaderBytes = 14
    package static let maximumControlPayloadBytes = 125

    /// The size of the header in front of a payload of `payloadBytes`, 2 to 14 bytes.
    package static func headerBytes(payloadBytes: Int, masked: Bool) -> Int {
        let lengthBytes =
            switch payloadBytes {
            case ..<126: 2
            case ..<65536: 4
            default: 10
            }
        return lengthBytes + (masked ? 4 : 0)
    }

    /// Writes a header and returns its size; `destination` has room for `maximumHeaderBytes`.
    package static func writeHeader(
        opcode: Opcode, fin: Bool = true, rsv1: Bool = false, payloadBytes: Int,
        maskingKey: MaskingKey? = nil, into destination: UnsafeMutableRawPointer
    ) -> Int {
        let first = (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode.rawValue
        let maskBit: UInt8 = maskingKey == nil ? 0 : 0x80
        // The largest of these stores end at byte 14, which the caller has room for; none needs an alignment.
        destination.storeBytes(of: first, as: UInt8.self)
        var count: Int
        switch payloadBytes {
        case ..<126:
            destination.storeBytes(
                of: maskBit | UInt8(truncatingIfNeeded: payloadBytes), toByteOffset: 1, as: UInt8.self)
            count = 2
        case ..<65536:
            destination.storeBytes(of: maskBit | 126, toByteOffset: 1, as: UInt8.self)
            destination.storeBytes(
                of: UInt16(truncatingIfNeeded: payloadBytes).bigEndian, toByteOffset: 2, as: UInt16.self)
            count = 4
        default:
            destination.storeBytes(of: maskBit | 127, toByteOffset: 1, as: UInt8.self)
            destination.storeBytes(
                of: UInt64(payloadBytes).bigEndian, toByteOffset: 2, as: UInt64.self)
            count = 10
        }
        if let maskingKey {
            destination.storeBytes(of: maskingKey.bits.littleEndian, toByteOffset: count, as: UInt32.self)
            count += 4
        }
        return count
    }

    /// Appends a whole frame; for rare frames and tests.
    package static func append(
        opcode: Opcode, payload: some Collection<UInt8>, maskingKey: MaskingKey? = nil, fin: Bool = true,
        rsv1: Bool = false, to bytes: inout [UInt8]
    ) {
        withUnsafeTemporaryAllocation(byteCount: maximumHeaderBytes, alignment: 1) { header in
            // The allocation is not empty, so that it has an address.
            let count = writeHeader(
                opcode: opcode, fin: fin, rsv1: rsv1, payloadBytes: payload.count,
                maskingKey: maskingKey, into: header.baseAddress!)
            bytes.append(contentsOf: header[..<count])
        }
        let payloadStart = bytes.count
        bytes.append(contentsOf: payload)
        guard let maskingKey else { return }
        bytes.withUnsafeMutableBytes { all in
            maskingKey.apply(
                to: UnsafeMutableRawBufferPointer(rebasing: all[payloadStart...]), payloadOffset: 0)
        }
    }

    /// The payload of a close frame: the code and as much of the reason as fits into 125 bytes, cut between
    /// characters. Empty for `noStatus`, which stands for a close frame without a code.
    package static func closePayload(_ code: CloseCode, reason: String) -> [UInt8] {
        guard code != .noStatus else { return [] }
        var payload = [UInt8(code.rawValue >> 8), UInt8(truncatingIfNeeded: code.rawValue)]
        payload.append(contentsOf: reason.utf8)
        guard payload.count > maximumControlPayloadBytes else { return payload }
        var end = maximumControlPayloadBytes
        while payload[end] & 0xC0 == 0x80 { end -= 1 }
        payload.removeLast(payload.count - end)
        return payload
    }
}
