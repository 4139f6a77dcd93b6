extension FrameParser {
    /// Hands out what the input holds of a data frame's payload. Nil when that is nothing, or is not worth an
    /// event; the phase is still `dataPayload` if more of it is to come.
    mutating func readDataPayload(
        in input: UnsafeMutableRawBufferPointer, at offset: inout Int
    ) throws(ProtocolViolation) -> FrameEvent? {
        let payload = unmask(in: input, at: &offset)
        let isFrameComplete = remainingPayloadBytes == 0
        let isLast = isFrameComplete && isFinal
        let kind = message.kind
        let isCompressed = message.isCompressed
        if message.isValidatedAsUTF8 {
            let bytes = UnsafeRawBufferPointer(rebasing: input[payload])
            guard message.validator.consume(bytes), !isLast || message.validator.isComplete else {
                throw .invalidUTF8
            }
        }
        if isFrameComplete { phase = .header }
        guard !payload.isEmpty || isLast else { return nil }
        let isFirst = !message.hasBegun
        message.hasBegun = true
        if isLast {
            message = MessageUnderWay()
            phase = .betweenMessages
        }
        return isFirst && isLast
            ? .message(kind, payload: payload, isCompressed: isCompressed)
            : .part(kind, payload: payload, isFirst: isFirst, isLast: isLast, isCompressed: isCompressed)
    }

    /// Collects a control frame's payload; nil while it is incomplete.
    mutating func readControlPayload(
        in input: UnsafeMutableRawBufferPointer, at offset: inout Int
    ) throws(ProtocolViolation) -> FrameEvent? {
        let payload = unmask(in: input, at: &offset)
        if !payload.isEmpty {
            controlPayload.append(contentsOf: input[payload])
        }
        guard remainingPayloadBytes == 0 else { return nil }
        phase = .header
        switch opcode {
        case .ping: return .ping
        case .pong: return .pong
        default: return .close(try finishClose())
        }
    }

    /// Checks a close frame's payload (RFC 6455 §5.5.1) and leaves the reason in `controlPayload`.
    private mutating func finishClose() throws(ProtocolViolation) -> CloseCode {
        phase = .finished
        guard !controlPayload.isEmpty else { return .noStatus }
        guard controlPayload.count >= 2 else { throw .closePayloadOfOneByte }
        let code = CloseCode(rawValue: UInt16(controlPayload[0]) << 8 | UInt16(controlPayload[1]))
        guard code.isValidOnWire else { throw .invalidCloseCode(code.rawValue) }
        controlPayload.removeFirst(2)
        var validator = UTF8Validator()
        guard controlPayload.withUnsafeBytes({ validator.consume($0) }), validator.isComplete else {
            throw .invalidCloseReason
        }
        return code
    }

    /// Takes what the input holds of the payload under way, unmasked in place.
    private mutating func unmask(
        in input: UnsafeMutableRawBufferPointer, at offset: inout Int
    ) -> Range<Int> {
        let count = min(remainingPayloadBytes, input.count - offset)
        let payload = offset..<offset + count
        if role == .server {
            maskingKey.apply(to: UnsafeMutableRawBufferPointer(rebasing: input[payload]), payloadOffset: 0)
            maskingKey = maskingKey.advanced(by: count)
        }
        offset += count
        remainingPayloadBytes -= count
        return payload
    }
}
