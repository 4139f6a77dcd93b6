/// The two kinds of data messages (RFC 6455 §5.6).
package enum MessageKind: UInt8, Sendable {
    case text = 1
    case binary = 2

    /// That of the message's first frame.
    package var opcode: Opcode { self == .text ? .text : .binary }
}
