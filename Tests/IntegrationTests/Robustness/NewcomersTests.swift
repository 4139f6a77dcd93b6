import Recording
import Testing

@testable import Server

/// Connections that say nothing, beside those that do.
@Suite("Robustness: connections that say nothing", .serialized)
struct NewcomersTests {
    private static let limit = Newcomers.limit
    private static let beyond = 50

    @Test("beyond the limit the oldest of them goes; who is served stays", arguments: Drivers.available)
    func oldestGoes(io: String) throws {
        let descriptors = DescriptorLimit.raise()
        try #require(descriptors > Self.limit + 1_000, "\(descriptors) descriptors are too few")
        let service = try RawListener()
        let server = try TestedBuild.start(
            io, ["--handshake-timeout", "600", "--ai-url", "http://127.0.0.1:\(service.port)"])
        defer { server.process.kill() }
        let kept = try RawSocket(port: server.port)
        try ask(kept)
        let asker = try RawSocket(port: server.port)
        let query = #"{"query":"why?"}"#
        asker.send(
            "POST /api/ai/infer HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: \(query.utf8.count)\r\n\r\n\(query)")
        let call = try #require(service.next())
        let clients = try (0..<10).map { _ in try RawWebSocket(port: server.port, "/echo") }
        let silent = try (0..<Self.limit + Self.beyond).map { _ in try RawSocket(port: server.port) }
        for socket in silent[..<Self.beyond] { #expect(socket.receiveAll() == .reset) }
        // The one behind them and the last one may still become clients.
        for socket in [silent[Self.beyond], silent[silent.count - 1]] {
            try RawWebSocket(socket, "/echo").roundTrip()
        }
        for client in clients { try client.roundTrip() }
        // Those who have asked for something are served, whether they wait for an answer or do not.
        try ask(kept)
        let answer = #"{"response":"because"}"#
        call.send("HTTP/1.1 200 OK\r\nContent-Length: \(answer.utf8.count)\r\n\r\n\(answer)")
        #expect(asker.receiveAll() == .closed)
        #expect(asker.receivedText.hasPrefix("HTTP/1.1 200 "))
    }

    @Test("those that have become clients push out nobody", arguments: Drivers.available)
    func clientsPushOutNobody(io: String) throws {
        let server = try TestedBuild.start(io, ["--handshake-timeout", "600"])
        defer { server.process.kill() }
        let kept = try RawSocket(port: server.port)
        try ask(kept)
        // More than twice the limit: what is remembered of them is given up on the way.
        for _ in 0..<2 * Self.limit + Self.beyond { try RawWebSocket(port: server.port, "/relay").socket.reset() }
        try ask(kept)
    }

    private func ask(_ socket: RawSocket) throws {
        socket.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        socket.receive { $0.suffix(3) == Array("ok\n".utf8)[...] }
        try #require(socket.receivedText.hasPrefix("HTTP/1.1 200 "))
        socket.drop(socket.received.count)
    }
}
