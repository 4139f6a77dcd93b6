import Glibc

/// The content of a payload of a given size: a stamp, then filler text that says at each position what
/// belongs there.
///
/// The filler repeats only after 4,093 characters, a prime, so that data shifted by any power of two, or by
/// the size of any buffer, is noticed. It consists of letters and digits: it may stand in a JSON string and
/// never holds a stamp.
///
/// Bounds: at least `Stamp.encodedBytes`. Cost: a copy (or a comparison) of the payload; the filler is built
/// once.
package struct PayloadPattern: Sendable {
    private static let period = 4_093
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// Of each payload.
    package let byteCount: Int
    /// What stands after the stamp.
    private let filler: [UInt8]

    /// - Parameter byteCount: of each payload, at least `Stamp.encodedBytes`; less is a programmer error.
    package init(byteCount: Int) {
        precondition(byteCount >= Stamp.encodedBytes, "no room for a stamp")
        var generator = SeededGenerator(seed: 0)
        // Not `randomElement`, whose choice is the standard library's and may change with it: agents must
        // agree.
        let block = (0..<Self.period).map { _ in
            Self.alphabet[Int(generator.next() % UInt64(Self.alphabet.count))]
        }
        self.byteCount = byteCount
        self.filler = (0..<byteCount - Stamp.encodedBytes).map { block[$0 % Self.period] }
    }

    /// Writes a whole payload: `stamp` and the filler.
    ///
    /// - Parameter buffer: room for at least `byteCount` bytes; less is a programmer error.
    package func write(_ stamp: Stamp, into buffer: UnsafeMutableRawBufferPointer) {
        precondition(buffer.count >= byteCount, "no room for the payload")
        stamp.encode(into: buffer)
        // The room was checked above, and the array's bytes outlive the copy.
        filler.withUnsafeBytes {
            UnsafeMutableRawBufferPointer(rebasing: buffer[Stamp.encodedBytes...]).copyMemory(from: $0)
        }
    }

    /// Whether a piece of a payload holds the filler that belongs at its place; the stamp's bytes are not
    /// looked at.
    ///
    /// - Parameters:
    ///   - bytes: the piece, as it arrived.
    ///   - payloadOffset: where in the payload the piece begins. A piece that reaches past the payload does
    ///     not match.
    package func matches(_ bytes: UnsafeRawBufferPointer, payloadOffset: Int) -> Bool {
        guard payloadOffset >= 0, payloadOffset <= byteCount, bytes.count <= byteCount - payloadOffset else {
            return false
        }
        let stampBytes = min(bytes.count, max(0, Stamp.encodedBytes - payloadOffset))
        let remaining = bytes.count - stampBytes
        guard remaining > 0, let base = bytes.baseAddress else { return true }
        let start = payloadOffset + stampBytes - Stamp.encodedBytes
        // Both ranges are in bounds: start + remaining is at most byteCount - Stamp.encodedBytes, by the
        // guard above.
        return filler.withUnsafeBytes { filler in
            guard let expected = filler.baseAddress else { return false }
            return memcmp(base + stampBytes, expected + start, remaining) == 0
        }
    }
}
