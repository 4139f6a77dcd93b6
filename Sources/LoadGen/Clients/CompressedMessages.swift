import WebSocketWire

/// Compresses and inflates the messages of all clients of a loop: without context takeover nothing belongs to one of them.
///
/// Loop's thread only. Memory: 42 KiB, and a deflater of at most 256 KiB for each window that servers asked for.
final class CompressedMessages {
    private let maximumMessageBytes: Int
    private let inflater = Inflater()
    private var deflaters: [Int: Deflater] = [:]
    private var inflated: [UInt8] = []

    init(maximumMessageBytes: Int) { self.maximumMessageBytes = maximumMessageBytes }

    /// The payload of a compressed message; nil where the server's window is one that zlib cannot keep to.
    func compress(_ payload: [UInt8], _ parameters: DeflateParameters) -> [UInt8]? {
        guard let windowBits = parameters.clientDeflaterWindowBits() else { return nil }
        let deflater = deflaters[windowBits] ?? Deflater(windowBits: windowBits)
        deflaters[windowBits] = deflater
        var compressed: [UInt8] = []
        payload.withUnsafeBytes { deflater.compress($0, into: &compressed) }
        return compressed
    }

    /// Calls `body` with what a compressed message says.
    ///
    /// - Throws: `messageTooBig`, `damagedCompression`, `invalidUTF8`.
    func inflate(
        _ kind: MessageKind, _ payload: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(ProtocolViolation) {
        var message = inflated
        // The buffer has one owner at a time: appending copies nothing.
        inflated = []
        message.removeAll(keepingCapacity: true)
        defer { inflated = message }
        do throws(InflateFailure) {
            try inflater.inflate(payload, limitBytes: maximumMessageBytes, into: &message)
        } catch {
            throw error.violation
        }
        try message.span.withUnsafeBytes { bytes throws(ProtocolViolation) in
            var validator = UTF8Validator()
            guard kind != .text || (validator.consume(bytes) && validator.isComplete) else { throw .invalidUTF8 }
            body(bytes)
        }
    }
}
