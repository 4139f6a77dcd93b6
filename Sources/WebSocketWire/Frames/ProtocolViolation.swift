/// What a peer did that RFC 6455 forbids, or RFC 7692 for compressed messages; the connection is to be failed with
/// `closeCode` (RFC 6455 §7.1.7).
package enum ProtocolViolation: Error, Equatable {
    /// A reserved bit without an extension that gives it a meaning (§5.2).
    case reservedBits
    case unknownOpcode(UInt8)
    case fragmentedControlFrame
    case oversizedControlFrame
    /// From a client (§5.1).
    case unmaskedFrame
    /// From a server (§5.1).
    case maskedFrame
    /// A length written in a longer form than it needs (§5.2).
    case nonMinimalLength
    /// A 64-bit length with the top bit set (§5.2).
    case lengthOutOfRange
    /// A continuation frame with no message to continue (§5.4).
    case unexpectedContinuation
    /// A new data message within a fragmented one (§5.4).
    case interleavedDataFrame
    case messageTooBig(limitBytes: Int)
    /// In a text message (§8.1).
    case invalidUTF8
    /// A compressed message that is no whole deflate data (RFC 7692 §7.2.2).
    case damagedCompression
    case closePayloadOfOneByte
    case invalidCloseCode(UInt16)
    /// A close reason that is not UTF-8 (§5.5.1).
    case invalidCloseReason

    /// The code to close the connection with (§7.4.1).
    package var closeCode: CloseCode {
        switch self {
        case .messageTooBig: .messageTooBig
        case .invalidUTF8, .damagedCompression, .invalidCloseReason: .invalidPayload
        default: .protocolError
        }
    }

    /// One sentence for people: what was found, and what was expected.
    package var details: String {
        switch self {
        case .reservedBits:
            "A frame has a reserved bit set that no negotiated extension gives a meaning to."
        case .unknownOpcode(let opcode):
            "A frame has the opcode \(opcode), expected 0, 1, 2, 8, 9 or 10."
        case .fragmentedControlFrame:
            "A control frame is fragmented, expected it in one frame."
        case .oversizedControlFrame:
            "A control frame has a payload of more than 125 bytes."
        case .unmaskedFrame:
            "A frame from the client is not masked."
        case .maskedFrame:
            "A frame from the server is masked."
        case .nonMinimalLength:
            "A frame gives its length in a longer form than it needs."
        case .lengthOutOfRange:
            "A frame gives a length of 2^63 bytes or more."
        case .unexpectedContinuation:
            "A continuation frame came with no fragmented message to continue."
        case .interleavedDataFrame:
            "A new message began within a fragmented one, expected a continuation frame."
        case .messageTooBig(let limitBytes):
            "A message is larger than the \(limitBytes) bytes allowed."
        case .invalidUTF8:
            "A text message is not valid UTF-8."
        case .damagedCompression:
            "A compressed message is damaged or cut off, expected deflate data as RFC 7692 has it."
        case .closePayloadOfOneByte:
            "A close frame has a payload of one byte, expected none or a code of two bytes."
        case .invalidCloseCode(let code):
            "A close frame has the code \(code), which must not be sent."
        case .invalidCloseReason:
            "The reason in a close frame is not valid UTF-8."
        }
    }
}

extension ProtocolViolation: CustomStringConvertible {
    package var description: String { details }
}
