/// What a frame carries (RFC 6455 §5.2); the raw value is the low nibble of its first byte.
package enum Opcode: UInt8, Sendable {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    /// Control frames are never fragmented and carry at most 125 bytes (RFC 6455 §5.5).
    package var isControl: Bool { rawValue >= Opcode.close.rawValue }
}
