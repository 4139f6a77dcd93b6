/// What a `TruthServer` answers to an upgrade that it does not take.
enum TruthRefusal: Sendable {
    case status(String)
    /// What is no HTTP.
    case garbage
    /// Nothing, on a connection that stays open.
    case silence

    /// Nil for nothing.
    var answer: [UInt8]? {
        switch self {
        case .status(let status): Array("HTTP/1.1 \(status)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
        case .garbage: [0, 1, 0xff] + Array("neither HTTP nor anything else\r\n\r\n".utf8)
        case .silence: nil
        }
    }
}
