/// The four bytes that a client XORs over a frame's payload (RFC 6455 §5.3).
package struct MaskingKey: Equatable, Sendable {
    /// The first byte on the wire is the least significant one.
    package var bits: UInt32

    package init(bits: UInt32) {
        self.bits = bits
    }

    /// Masks or unmasks `bytes` in place; they stand at `payloadOffset` bytes into the frame's payload.
    package func apply(to bytes: UnsafeMutableRawBufferPointer, payloadOffset: Int) {
        guard let base = bytes.baseAddress else { return }
        apply(from: UnsafeRawBufferPointer(bytes), to: base, payloadOffset: payloadOffset)
    }

    /// Masks or unmasks from `source` to `destination` in one pass.
    /// `destination` has room for `source.count` bytes, and either is the source or does not overlap it.
    package func apply(
        from source: UnsafeRawBufferPointer, to destination: UnsafeMutableRawPointer, payloadOffset: Int
    ) {
        guard let base = source.baseAddress else { return }
        let count = source.count
        let word = repeated(from: payloadOffset)
        let vector = SIMD4<UInt64>(repeating: word)
        var index = 0
        // Every load and store below ends at or before `count`, and none needs an alignment.
        while count - index >= 32 {
            let plain = base.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
            destination.storeBytes(of: plain ^ vector, toByteOffset: index, as: SIMD4<UInt64>.self)
            index += 32
        }
        while count - index >= 8 {
            let plain = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            destination.storeBytes(of: plain ^ word, toByteOffset: index, as: UInt64.self)
            index += 8
        }
        var rest = UInt64(littleEndian: word)
        while index < count {
            let plain = base.load(fromByteOffset: index, as: UInt8.self)
            destination.storeBytes(
                of: plain ^ UInt8(truncatingIfNeeded: rest), toByteOffset: index, as: UInt8.self)
            rest >>= 8
            index += 1
        }
    }

    /// The key for the bytes that follow the first `count` ones of a payload.
    func advanced(by count: Int) -> MaskingKey {
        let shift = UInt32(truncatingIfNeeded: count & 3) * 8
        return MaskingKey(bits: bits &>> shift | bits &<< (32 &- shift))
    }

    /// The key twice over, as a word in memory that begins at `payloadOffset`.
    private func repeated(from payloadOffset: Int) -> UInt64 {
        (UInt64(advanced(by: payloadOffset).bits) &* 0x1_0000_0001).littleEndian
    }
}
