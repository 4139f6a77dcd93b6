extension FrameParser {
    /// Collects a header and checks each byte as soon as it can be judged; returns whether a frame's payload
    /// is next, false when the input is used up.
    mutating func readHeader(
        in input: UnsafeMutableRawBufferPointer, at offset: inout Int
    ) throws(ProtocolViolation) -> Bool {
        while offset < input.count {
            header.append(input[offset])
            offset += 1
            phase = .header
            switch header.count {
            case 1: try checkFirstByte()
            case 2: try checkSecondByte()
            default: break
            }
            if header.isComplete {
                try beginFrame()
                return true
            }
        }
        return false
    }

    /// FIN, reserved bits and opcode.
    private mutating func checkFirstByte() throws(ProtocolViolation) {
        guard let opcode = Opcode(rawValue: header.opcodeBits) else {
            throw .unknownOpcode(header.opcodeBits)
        }
        // RSV1 marks a compressed message in its first frame only (RFC 7692 §6).
        let mayBeCompressed = allowsCompression && (opcode == .text || opcode == .binary)
        guard header.reservedBits & (mayBeCompressed ? 0x30 : 0x70) == 0 else { throw .reservedBits }
        switch opcode {
        case .close, .ping, .pong:
            guard header.isFinal else { throw .fragmentedControlFrame }
        case .continuation:
            guard message.isUnderWay else { throw .unexpectedContinuation }
        case .text, .binary:
            guard !message.isUnderWay else { throw .interleavedDataFrame }
        }
        self.opcode = opcode
        isFinal = header.isFinal
    }

    /// MASK and the length's first seven bits.
    private func checkSecondByte() throws(ProtocolViolation) {
        switch role {
        case .server:
            guard header.isMasked else { throw .unmaskedFrame }
        case .client:
            guard !header.isMasked else { throw .maskedFrame }
        }
        guard !opcode.isControl || header.lengthField <= FrameWriter.maximumControlPayloadBytes else {
            throw .oversizedControlFrame
        }
    }

    /// Checks the length and turns from the complete header to the payload.
    private mutating func beginFrame() throws(ProtocolViolation) {
        guard let payloadBytes = Int(exactly: header.payloadLength) else { throw .lengthOutOfRange }
        guard header.hasMinimalLength else { throw .nonMinimalLength }
        remainingPayloadBytes = payloadBytes
        maskingKey = header.maskingKey
        let isCompressed = header.reservedBits != 0
        header.removeAll()
        switch opcode {
        case .close, .ping, .pong:
            phase = .controlPayload
            return
        case .text: message = MessageUnderWay(kind: .text, isCompressed: isCompressed)
        case .binary: message = MessageUnderWay(kind: .binary, isCompressed: isCompressed)
        case .continuation: break
        }
        // Of a compressed message its inflated size counts; here ends what cannot inflate to less.
        let limitBytes =
            message.isCompressed
            ? DeflateBound.compressedBytes(ofMessageBytes: maximumMessageBytes) : maximumMessageBytes
        guard payloadBytes <= limitBytes - message.declaredBytes else {
            throw .messageTooBig(limitBytes: maximumMessageBytes)
        }
        message.declaredBytes += payloadBytes
        phase = .dataPayload
    }
}
