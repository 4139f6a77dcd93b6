import WebSocketWire

/// What a WebSocket client was sent.
enum Received: Equatable {
    case message(MessageKind, [UInt8])
    case ping([UInt8])
    case pong([UInt8])
    case close(CloseCode, reason: String)
    case endOfStream

    static func text(_ text: String) -> Received { .message(.text, Array(text.utf8)) }
}
