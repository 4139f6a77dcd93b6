import Recording
import Testing

@testable import Server

/// Connections that say nothing, beside those that do.
@Suite("Robustness: connections that say nothing", .serialized)
struct NewcomersTests {
    private static let limit = ServerLoop.newcomerLimit
    private static let beyond = 50

    @Test("beyond the limit the oldest of them goes; clients stay", arguments: Drivers.available)
    func oldestGoes(io: String) throws {
        let descriptors = DescriptorLimit.raise()
        try #require(descriptors > Self.limit + 1_000, "\(descriptors) descriptors are too few")
        let server = try TestedBuild.start(io, ["--handshake-timeout", "600"])
        defer { server.process.kill() }
        let clients = try (0..<10).map { _ in try RawWebSocket(port: server.port, "/echo") }
        let silent = try (0..<Self.limit + Self.beyond).map { _ in try RawSocket(port: server.port) }
        for socket in silent[..<Self.beyond] { #expect(socket.receiveAll() == .reset) }
        // The one behind them and the last one may still become clients.
        for socket in [silent[Self.beyond], silent[silent.count - 1]] {
            try RawWebSocket(socket, "/echo").roundTrip()
        }
        for client in clients { try client.roundTrip() }
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
