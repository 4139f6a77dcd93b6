import Testing
import Transport

/// A WebSocket client that shares no code with the program: frames are put together and taken apart here.
final class RawWebSocket {
    struct Frame: Equatable {
        var opcode: UInt8
        var payload: [UInt8]
        var isFinal = true

        var text: String { String(decoding: payload, as: UTF8.self) }
        /// Of a close frame.
        var closeCode: Int? { payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil }
    }

    let socket: RawSocket

    static func upgradeRequest(_ path: String, extraFields: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\(extraFields)\r\n"
    }

    /// Connects and upgrades; the accept key is that of RFC 6455 §1.3.
    convenience init(port: UInt16, _ path: String, extraFields: String = "") throws {
        try self.init(RawSocket(port: port), path, extraFields: extraFields)
    }

    /// Upgrades a connection.
    init(_ socket: RawSocket, _ path: String, extraFields: String = "") throws {
        self.socket = socket
        socket.send(Self.upgradeRequest(path, extraFields: extraFields))
        let end = Array("\r\n\r\n".utf8)
        socket.receive { $0.firstRange(of: end) != nil }
        let head = try #require(socket.received.firstRange(of: end), "no answer to the upgrade")
        let text = String(decoding: socket.received[..<head.upperBound], as: UTF8.self)
        try #require(text.hasPrefix("HTTP/1.1 101 "), "upgrade refused: \(text)")
        #expect(text.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
        #expect(!text.contains("Sec-WebSocket-Extensions"), "nothing is negotiated unless asked for")
        socket.drop(head.upperBound)
    }

    /// Bytes of a masked frame, for any flags and opcode.
    static func frame(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) -> [UInt8] {
        let key: [UInt8] = [0x37, 0xfa, 0x21, 0x3d]
        var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | opcode]
        switch payload.count {
        case ..<126: bytes.append(0x80 | UInt8(payload.count))
        case ..<65_536: bytes += [0xfe, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
        default:
            bytes += [0xff] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: payload.count >> (8 * $0)) }
        }
        return bytes + key + payload.enumerated().map { $1 ^ key[$0 & 3] }
    }

    func send(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) {
        socket.send(Self.frame(opcode, payload, isFinal: isFinal))
    }

    func send(_ text: String) { send(1, Array(text.utf8)) }

    /// The next frame, or nil where none comes.
    func nextFrame(within seconds: Double = 20) -> Frame? {
        socket.receive(within: seconds) { Self.parse($0) != nil }
        guard let (frame, count) = Self.parse(socket.received) else { return nil }
        socket.drop(count)
        return frame
    }

    private static func parse(_ bytes: [UInt8]) -> (Frame, Int)? {
        guard bytes.count >= 2 else { return nil }
        let lengthBytes = bytes[1] == 126 ? 2 : bytes[1] == 127 ? 8 : 0
        guard bytes.count >= 2 + lengthBytes else { return nil }
        let length =
            lengthBytes == 0 ? Int(bytes[1]) : bytes[2..<2 + lengthBytes].reduce(0) { $0 << 8 | Int($1) }
        let total = 2 + lengthBytes + length
        guard bytes.count >= total else { return nil }
        let frame = Frame(
            opcode: bytes[0] & 0x0f, payload: Array(bytes[(2 + lengthBytes)..<total]),
            isFinal: bytes[0] & 0x80 != 0)
        return (frame, total)
    }
}
