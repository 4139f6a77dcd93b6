import CSystem
import WebSocketWire

/// Masking keys from the kernel's cryptographic generator, as RFC 6455 §5.3 demands; asked for many at a time.
struct MaskingKeySource {
    private static let keysPerCall = 1024

    private var keys: [UInt32] = []

    mutating func next() -> MaskingKey {
        if keys.isEmpty { refill() }
        return MaskingKey(bits: keys.removeLast())
    }

    /// 16 bytes for a `Sec-WebSocket-Key`.
    mutating func nonce() -> (UInt64, UInt64) {
        let words = (0..<4).map { _ in UInt64(next().bits) }
        return (words[0] << 32 | words[1], words[2] << 32 | words[3])
    }

    private mutating func refill() {
        keys = [UInt32](repeating: 0, count: Self.keysPerCall)
        keys.withUnsafeMutableBytes { bytes in
            var filled = 0
            // More than 256 bytes may be interrupted by a signal; it does not fail otherwise (getrandom(2)).
            while filled < bytes.count {
                let count = getrandom(bytes.baseAddress.map { $0 + filled }, bytes.count - filled, 0)
                if count > 0 { filled += count }
            }
        }
    }
}
