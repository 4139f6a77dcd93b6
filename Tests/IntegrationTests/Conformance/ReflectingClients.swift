import Testing
import WebSocketWire

/// A `broadside load --mode reflect` whose clients connect to the test: each of them sends back what it gets.
///
/// One process for all connections of a chapter, which it begins in any order and at once; they wait to be accepted.
final class ReflectingClients {
    let process: ChildProcess
    private let listener: RawListener

    init(count: Int, io: String) throws {
        listener = try RawListener()
        process = try BroadsideProgram.start([
            "load", "ws://127.0.0.1:\(listener.port)/", "--mode", "reflect", "--clients", "\(count)", "--compression",
            "on", "--reconnect", "off", "--io", io, "--warmup", "0ms", "--connect-timeout", "10m", "--progress", "off",
        ])
    }

    /// The next client, upgraded.
    ///
    /// - Parameter terms: what is negotiated; nil to decline compression.
    func next(_ terms: CompressionTerms?) throws -> RawSocket {
        let socket = try #require(listener.next(), "no connection: \(process.errorText)")
        let request = try RawHead(from: socket)
        #expect(request.firstLine == "GET / HTTP/1.1")
        #expect(request.value("Sec-WebSocket-Extensions")?.hasPrefix("permessage-deflate") == true)
        let key = try #require(request.value("Sec-WebSocket-Key"))
        let extensions = terms?.answer.map { "Sec-WebSocket-Extensions: \($0)\r\n" } ?? ""
        socket.send(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: \(AcceptKey.compute(for: key))\r\n\(extensions)\r\n")
        return socket
    }

    /// Waits for the end, which comes when the last connection has ended.
    func wait() -> Int32 { process.wait() }
}
