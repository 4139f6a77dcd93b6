import Glibc
import Recording
import Testing

@Suite("Robustness: few descriptors", .serialized)
struct DescriptorExhaustionTests {
    private static let limit = 64
    /// A server that spins uses all of a core.
    private static let idleShare = 0.2
    private static let switching = Array("HTTP/1.1 101 ".utf8)

    private func start(_ io: String) throws -> TestServer {
        try TestedBuild.start(
            io, ["--max-clients", "\(Self.limit)", "--handshake-timeout", "600", "--drain-timeout", "600"],
            launcher: ["sh", "-c", "ulimit -n \(Self.limit) && exec \"$0\" \"$@\""])
    }

    struct Flood: CustomTestStringConvertible {
        let io: String
        /// What each connection says.
        let text: String
        var testDescription: String { "\(text.isEmpty ? "silent" : "refused"), \(io)" }

        static let all = Drivers.available.flatMap { io in ["", "hello\r\n\r\n"].map { Flood(io: io, text: $0) } }
    }

    @Test("connections that nobody is served on leave descriptors to those that come", arguments: Flood.all)
    func flood(flood: Flood) throws {
        let server = try start(flood.io)
        defer { server.process.kill() }
        let clients = try (0..<20).map { _ in try RawWebSocket(port: server.port, "/echo") }
        let flooding = try (0..<3 * Self.limit).map { _ in
            let socket = try RawSocket(port: server.port)
            socket.send(flood.text)
            return socket
        }
        var newClients: [RawSocket] = []
        for _ in 0..<10 {
            // One whose request is not read soon, on a busy machine, may be among those that go, and comes again.
            let hasJoined = try Deadline.reaches {
                let socket = try RawSocket(port: server.port)
                socket.send(RawWebSocket.upgradeRequest("/echo"))
                socket.receive { $0.starts(with: Self.switching) }
                newClients.append(socket)
                return socket.received.starts(with: Self.switching)
            }
            #expect(hasJoined)
        }
        for client in clients { try client.roundTrip() }
        withExtendedLifetime((flooding, newClients)) { #expect(server.process.isRunning) }
    }

    @Test(
        "where all are clients' the server waits without spinning, goes on, and takes in others when some leave",
        arguments: Drivers.available)
    func exhausted(io: String) throws {
        let server = try start(io)
        defer { server.process.kill() }
        let process = ProcessFigures(pid: server.process.pid)
        var clients: [RawWebSocket] = []
        while process.descriptorCount() ?? 0 < Self.limit {
            try #require(clients.count < Self.limit)
            clients.append(try RawWebSocket(port: server.port, "/echo"))
        }
        // Some of the server's descriptors may lie above the limit: as many more clients get in, the others wait. The
        // kernel makes connections also where the server has no descriptor for them.
        let waiting = try (0..<10).map { _ in
            let socket = try RawSocket(port: server.port)
            socket.send(RawWebSocket.upgradeRequest("/echo"))
            return socket
        }

        let before = try #require(process.cpuNanoseconds())
        let began = MonotonicInstant.now()
        usleep(1_000_000)
        let used = try #require(process.cpuNanoseconds()) - before
        #expect(Double(used) < Self.idleShare * Double(MonotonicInstant.now() - began))

        for client in clients { try client.roundTrip() }
        clients.removeFirst(waiting.count)
        for socket in waiting {
            socket.receive { $0.starts(with: Self.switching) }
            #expect(socket.received.starts(with: Self.switching))
        }
        for client in clients { try client.roundTrip() }
        #expect(server.process.isRunning)
    }
}
