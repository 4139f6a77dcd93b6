/// An incremental parser of one direction of a WebSocket connection (RFC 6455 §5): bytes in, events out.
///
/// - Input may be split anywhere; the messages, control frames and violations found do not depend on the
///   splits.
/// - Payloads are unmasked in place. Text is checked as UTF-8 as it comes, and refused at the first
///   impossible byte; compressed text is left to whoever inflates it.
/// - No message larger than `maximumMessageBytes` is begun: the limit is applied to the declared lengths,
///   before any payload of the frame that exceeds it is handed out.
/// - Owned by one thread. 64 bytes of state; it allocates only for the payload of a control frame.
/// - A whole small message within the input costs a few branches besides unmasking and the UTF-8 check.
package struct FrameParser: ~Copyable {
    enum Phase: UInt8 {
        /// No frame, no message and no control payload is held: the state in which the fast path applies.
        case betweenMessages
        /// Before or within a header.
        case header
        case dataPayload
        case controlPayload
        /// After a close frame or a violation; what follows is not read.
        case finished
    }

    let maximumMessageBytes: Int
    /// What is left of the payload of the frame under way.
    var remainingPayloadBytes = 0
    var message = MessageUnderWay()
    /// The payload of the control frame that was just reported, or of the one under way.
    package internal(set) var controlPayload: [UInt8] = []
    /// That of the next payload byte in its least significant byte.
    var maskingKey = MaskingKey(bits: 0)
    var header = FrameHeader()
    let role: Role
    let allowsCompression: Bool
    var phase = Phase.betweenMessages
    var opcode = Opcode.continuation
    var isFinal = false

    /// - Parameters:
    ///   - role: which end we are.
    ///   - maximumMessageBytes: the largest message, over all its fragments; 0 or more.
    ///   - allowsCompression: whether RSV1 on the first frame of a message means that it is compressed (RFC
    ///     7692).
    package init(role: Role, maximumMessageBytes: Int, allowsCompression: Bool = false) {
        precondition(maximumMessageBytes >= 0)
        self.role = role
        self.maximumMessageBytes = maximumMessageBytes
        self.allowsCompression = allowsCompression
    }

    /// Whether no frame and no fragmented message is under way, so that the stream could end here.
    /// False after a close or a violation.
    package var isAtMessageBoundary: Bool {
        switch phase {
        case .betweenMessages: true
        case .header: header.count == 0 && !message.isUnderWay
        case .dataPayload, .controlPayload, .finished: false
        }
    }

    /// How much of the frame under way may be left out with `skip`: all of its payload that is still to come but the last
    /// byte, which ends the message as ever; 0 where the bytes matter, to unmask or to validate.
    package var skippablePayloadBytes: Int {
        guard phase == .dataPayload, role == .client, !message.isValidatedAsUTF8 else { return 0 }
        return max(0, remainingPayloadBytes - 1)
    }

    /// Takes the next bytes of the payload as read: somebody else has dropped them from the stream.
    ///
    /// - Parameter count: at most `skippablePayloadBytes`.
    package mutating func skip(_ count: Int) {
        precondition(count <= skippablePayloadBytes, "more is skipped than may be")
        remainingPayloadBytes -= count
    }

    /// Reads `input` from `offset` on up to the next event; nil when the input is used up (`offset` is then
    /// `input.count`). After a violation or a close it reads nothing more and returns nil.
    package mutating func next(
        in input: UnsafeMutableRawBufferPointer, at offset: inout Int
    ) throws(ProtocolViolation) -> FrameEvent? {
        do throws(ProtocolViolation) {
            if phase == .betweenMessages, let message = try wholeMessage(in: input, at: &offset) {
                return message
            }
            return try advance(in: input, at: &offset)
        } catch {
            phase = .finished
            throw error
        }
    }

    /// The fast path: an uncompressed message in one frame of up to 65,535 bytes, all of it within the input.
    /// Anything else, violations included, is left to `advance`.
    private mutating func wholeMessage(
        in input: UnsafeMutableRawBufferPointer, at offset: inout Int
    ) throws(ProtocolViolation) -> FrameEvent? {
        let available = input.count - offset
        guard available >= 4, let base = input.baseAddress else { return nil }
        // All loads are of bytes before `input.count`, as the guards make sure.
        let bytes = base + offset
        let kind: MessageKind
        switch bytes.load(as: UInt8.self) {
        case 0x81: kind = .text
        case 0x82: kind = .binary
        default: return nil
        }
        let maskBit: UInt8 = role == .server ? 0x80 : 0
        var payloadBytes = Int(bytes.load(fromByteOffset: 1, as: UInt8.self) ^ maskBit)
        var headerBytes = 2
        if payloadBytes == 126 {
            payloadBytes = Int(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self)))
            headerBytes = 4
            guard payloadBytes >= 126 else { return nil }
        } else if payloadBytes > 126 {
            return nil
        }
        let keyAt = headerBytes
        headerBytes += role == .server ? 4 : 0
        guard available - headerBytes >= payloadBytes, payloadBytes <= maximumMessageBytes else { return nil }
        let payload = UnsafeMutableRawBufferPointer(start: bytes + headerBytes, count: payloadBytes)
        if role == .server {
            let bits = bytes.loadUnaligned(fromByteOffset: keyAt, as: UInt32.self)
            MaskingKey(bits: UInt32(littleEndian: bits)).apply(to: payload, payloadOffset: 0)
        }
        if kind == .text {
            var validator = UTF8Validator()
            guard validator.consume(UnsafeRawBufferPointer(payload)), validator.isComplete else {
                throw .invalidUTF8
            }
        }
        let start = offset + headerBytes
        offset = start + payloadBytes
        return .message(kind, payload: start..<offset, isCompressed: false)
    }

    /// The general path: goes through headers and payloads until there is an event or the input is used up.
    private mutating func advance(
        in input: UnsafeMutableRawBufferPointer, at offset: inout Int
    ) throws(ProtocolViolation) -> FrameEvent? {
        if phase == .header, !controlPayload.isEmpty {
            controlPayload = []
        }
        while true {
            switch phase {
            case .betweenMessages, .header:
                guard try readHeader(in: input, at: &offset) else { return nil }
            case .dataPayload:
                let event = try readDataPayload(in: input, at: &offset)
                if event != nil || phase == .dataPayload { return event }
            case .controlPayload:
                let event = try readControlPayload(in: input, at: &offset)
                if event != nil || phase == .controlPayload { return event }
            case .finished:
                offset = input.count
                return nil
            }
        }
    }
}
