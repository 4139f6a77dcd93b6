import Testing
import WebSocketWire

@Suite("MaskingKey")
struct MaskingKeyTests {
    private static let key = MaskingKey(bits: 0xD4C3_B2A1)

    /// RFC 6455 §5.3 as it is written.
    private static func reference(_ bytes: [UInt8], payloadOffset: Int) -> [UInt8] {
        let octets: [UInt8] = [0xA1, 0xB2, 0xC3, 0xD4]
        return bytes.enumerated().map { $1 ^ octets[($0 + payloadOffset) % 4] }
    }

    @Test("masking in place equals the byte-wise definition", arguments: 0...130)
    func inPlace(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        for payloadOffset in 0...7 {
            for start in 0...8 {
                let original = generator.bytes(start + count + 8)
                var bytes = original
                bytes.withUnsafeMutableBytes { all in
                    Self.key.apply(
                        to: UnsafeMutableRawBufferPointer(rebasing: all[start..<start + count]),
                        payloadOffset: payloadOffset)
                }
                let masked = Self.reference(
                    Array(original[start..<start + count]), payloadOffset: payloadOffset)
                #expect(bytes == original[..<start] + masked + original[(start + count)...])
            }
        }
    }

    @Test("masking from one buffer to another equals the byte-wise definition", arguments: 0...130)
    func copying(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count) + 1000)
        for payloadOffset in 0...7 {
            for start in 0...3 {
                let source = generator.bytes(count)
                var destination = [UInt8](repeating: 0xEE, count: start + count + 8)
                destination.withUnsafeMutableBytes { all in
                    source.withUnsafeBytes { plain in
                        // The buffer has at least eight bytes.
                        Self.key.apply(
                            from: plain, to: all.baseAddress! + start, payloadOffset: payloadOffset)
                    }
                }
                let masked = Self.reference(source, payloadOffset: payloadOffset)
                let untouched = { (bytes: Int) in [UInt8](repeating: 0xEE, count: bytes) }
                #expect(destination == untouched(start) + masked + untouched(8))
            }
        }
    }

    @Test("masking twice gives the original")
    func involution() {
        var generator = SeededGenerator(seed: 7)
        let original = generator.bytes(1000)
        var bytes = original
        bytes.withUnsafeMutableBytes { Self.key.apply(to: $0, payloadOffset: 3) }
        #expect(bytes != original)
        bytes.withUnsafeMutableBytes { Self.key.apply(to: $0, payloadOffset: 3) }
        #expect(bytes == original)
    }
}
