import WebSocketWire

/// What a program under test sends back, but for its close frame.
enum ConformanceAnswer: Equatable, Sendable {
    /// Inflated where it came compressed.
    case message(MessageKind, [UInt8])
    case ping([UInt8])
    case pong([UInt8])

    static func text(_ text: String) -> ConformanceAnswer { .message(.text, Array(text.utf8)) }

    static func text(bytes: [UInt8]) -> ConformanceAnswer { .message(.text, bytes) }

    static func binary(_ bytes: [UInt8]) -> ConformanceAnswer { .message(.binary, bytes) }
}

extension ConformanceAnswer: CustomStringConvertible {
    var description: String {
        switch self {
        case .message(.text, let bytes): "text of \(HexDump.text(of: bytes))"
        case .message(.binary, let bytes): "binary of \(HexDump.text(of: bytes))"
        case .ping(let payload): "ping of \(HexDump.text(of: payload))"
        case .pong(let payload): "pong of \(HexDump.text(of: payload))"
        }
    }
}
