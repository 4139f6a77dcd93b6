import WebSocketWire

/// Puts together what the clients of one loop send: parsers and buffers that are shared by all who are between messages.
///
/// A client gets a reception of its own only when its bytes end within a message, and gives it back when the message is
/// complete; so idle clients have no parser, and one that sends whole messages allocates nothing. Loop's thread only.
final class MessageReader {
    private static let spareLimit = 16
    private static let keptCapacityBytes = 256 << 10

    private let maximumMessageBytes: Int
    private var spare: [Reception] = []
    private var spareForCompressed: [Reception] = []
    private lazy var inflater = Inflater()
    private var inflated: [UInt8] = []

    init(maximumMessageBytes: Int) { self.maximumMessageBytes = maximumMessageBytes }

    /// What reads this client's bytes next. To be given back with `put`.
    func take(for connection: Connection) -> Reception {
        if let reception = connection.reception { return reception }
        if connection.coding == .plain {
            return spare.popLast()
                ?? Reception(maximumMessageBytes: maximumMessageBytes, allowsCompression: false)
        }
        return spareForCompressed.popLast()
            ?? Reception(maximumMessageBytes: maximumMessageBytes, allowsCompression: true)
    }

    /// The client's input is used up.
    func put(_ reception: Reception, back connection: Connection) {
        guard reception.isIdle else {
            connection.reception = reception
            return
        }
        connection.reception = nil
        reception.assembler.reset(keepingCapacityUpTo: 0)
        if connection.coding == .plain {
            if spare.count < Self.spareLimit { spare.append(reception) }
        } else {
            if spareForCompressed.count < Self.spareLimit { spareForCompressed.append(reception) }
        }
    }

    /// Calls `body` with what a compressed message says (RFC 7692 §7.2.2).
    ///
    /// - Throws: `messageTooBig`, `damagedCompression`, `invalidUTF8`.
    func inflate(
        _ kind: MessageKind, _ payload: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(ProtocolViolation) {
        var message = inflated
        // The buffer has one owner at a time: appending copies nothing.
        inflated = []
        message.removeAll(keepingCapacity: message.capacity <= Self.keptCapacityBytes)
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
