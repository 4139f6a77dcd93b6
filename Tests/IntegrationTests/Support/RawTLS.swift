import Testing
import Transport

/// The client's side of TLS on a raw socket, as far as the tests need it: a handshake, and a request with its answer.
final class RawTLS {
    let socket: RawSocket
    private let session: TLSSession

    /// Connects and shakes hands.
    init(port: UInt16, _ context: TLSClientContext) throws {
        socket = try RawSocket(port: port)
        session = try TLSSession(client: context, host: "localhost")
        while try !session.advanceHandshake() {
            sendOutgoing()
            try receive()
        }
        sendOutgoing()
    }

    /// Sends a request and waits for the end of the answer's head.
    func request(_ text: String) throws -> String {
        let bytes = Array(text.utf8)
        try bytes.withUnsafeBytes { try session.write($0) }
        sendOutgoing()
        var plaintext = [UInt8](repeating: 0, count: 16_384)
        var answer = ""
        while !answer.hasSuffix("\r\n\r\n") {
            switch try plaintext.withUnsafeMutableBytes({ try session.read(into: $0) }) {
            case .bytes(let count): answer += String(decoding: plaintext[..<count], as: UTF8.self)
            case .needsMore: try receive()
            case .closed: return answer
            }
        }
        return answer
    }

    private func sendOutgoing() {
        socket.send(Array(session.outgoing))
        session.consumeOutgoing(session.outgoing.count)
    }

    private func receive() throws {
        let end = socket.receive { !$0.isEmpty }
        try #require(end == nil, "the server has ended the connection")
        socket.received.withUnsafeBytes { session.receive($0) }
        socket.drop(socket.received.count)
    }
}
