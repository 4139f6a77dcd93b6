import WebSocketWire

/// Payloads of the table, the same at each run.
enum ConformancePayload {
    static func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// The alphabet, over and over.
    static func letters(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(0x61 + $0 % 26) } }

    /// All values of a byte, over and over.
    static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0) } }

    /// Numerical Recipes' linear congruential generator, of which the high bits are good enough for this.
    private static func advance(_ state: inout UInt32) { state = state &* 1_664_525 &+ 1_013_904_223 }

    /// What cannot be compressed.
    static func noise(_ count: Int) -> [UInt8] {
        var state: UInt32 = 1951
        return (0..<count).map { _ in
            advance(&state)
            return UInt8(truncatingIfNeeded: state >> 24)
        }
    }

    /// Words in any order, which are alike at all distances.
    static func prose(_ count: Int) -> [UInt8] {
        let words = ["frame ", "window ", "of the ", "server ", "is ", "sent ", "grüßt ", "message ", "a ", "peer\n"]
        let encoded = words.map { Array($0.utf8) }
        var state: UInt32 = 7692
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 16)
        while bytes.count < count {
            advance(&state)
            bytes.append(contentsOf: encoded[Int(state >> 16) % encoded.count])
        }
        // Cut within a character it would be no text.
        bytes.removeLast(bytes.count - count)
        while let last = bytes.last, last >= 0x80 { bytes.removeLast() }
        while bytes.count < count { bytes.append(0x2E) }
        return bytes
    }

    /// The payload of a compressed message (RFC 7692 §7.2.1).
    ///
    /// - Parameter windowBits: 9...15.
    static func deflated(_ payload: [UInt8], windowBits: Int = 15) -> [UInt8] {
        let deflater = Deflater(windowBits: windowBits)
        var output: [UInt8] = []
        payload.withUnsafeBytes { deflater.compress($0, into: &output) }
        return output
    }

    /// "Hello" in one block of fixed codes (RFC 7692 §7.2.3.1).
    static let deflatedHello: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
}
