import FoundationEssentials
import Glibc
import Testing

@Suite("broadside serve: how it ends")
struct StoppingTests {
    struct Way: CustomTestStringConvertible {
        let io: String
        let signal: Int32
        var testDescription: String { "signal \(signal) with \(io)" }

        static let all = Drivers.available.flatMap { io in
            [SIGTERM, SIGINT, SIGHUP].filter { !isIgnored($0) }.map { Way(io: io, signal: $0) }
        }

        /// What is ignored here (by nohup, say) is ignored by the programs that are started from here.
        private static func isIgnored(_ signal: Int32) -> Bool {
            let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
            let line = status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
            let mask = line.flatMap { UInt64($0.dropFirst(7).drop { $0 == "\t" }, radix: 16) } ?? 0
            return mask >> UInt64(signal - 1) & 1 == 1
        }
    }

    @Test("a signal closes every client with 1001, and the server exits with 0", arguments: Way.all)
    func goingAway(way: Way) throws {
        let server = try TestServer("--relay", "--io", way.io)
        defer { server.process.kill() }
        let clients = try ["/", "/relay", "/echo"].map { try RawWebSocket(port: server.port, $0) }
        server.process.signal(way.signal)
        for client in clients {
            let frame = client.nextFrame()
            #expect(frame?.opcode == 8)
            #expect(frame?.closeCode == 1001)
            client.send(8, [0x03, 0xe9])
            #expect(client.socket.receiveAll() == .closed)
        }
        #expect(server.process.wait() == 0)
        #expect(throws: (any Error).self) { try RawSocket(port: server.port) }
    }

    @Test("the port is free as soon as the process has ended", arguments: Drivers.available)
    func freesPort(io: String) throws {
        for _ in 0..<10 {
            let server = try TestServer("--io", io)
            defer { server.process.kill() }
            #expect(server.stop() == 0)
            #expect(throws: (any Error).self) { try RawSocket(port: server.port) }
        }
    }

    @Test("what is queued for a client goes out before the close", arguments: Drivers.available)
    func drains(io: String) throws {
        let server = try TestServer("--relay", "--io", io)
        defer { server.process.kill() }
        let reader = try RawWebSocket(port: server.port, "/relay")
        let publisher = try RawWebSocket(port: server.port, "/relay")
        let message = [UInt8](repeating: 0x61, count: 100_000)
        for _ in 0..<40 { publisher.send(2, message) }
        // The publisher has its own last message back, so the server has taken all of them in.
        for _ in 0..<40 { try #require(publisher.nextFrame()?.payload.count == message.count) }
        server.process.signal(SIGTERM)
        for _ in 0..<40 { try #require(reader.nextFrame()?.payload == message) }
        #expect(reader.nextFrame()?.closeCode == 1001)
        for client in [reader, publisher] { client.send(8, [0x03, 0xe9]) }
        #expect(server.process.wait() == 0)
    }

    @Test(
        "clients that do not answer the close hold the server up no longer than --drain-timeout",
        arguments: Drivers.available)
    func unresponsiveClients(io: String) throws {
        let server = try TestServer("--relay", "--io", io, "--drain-timeout", "0.3")
        defer { server.process.kill() }
        let silent = try RawWebSocket(port: server.port, "/relay")
        let halfRequested = try RawSocket(port: server.port)
        halfRequested.send("GET / HTTP/1.1\r\n")
        withExtendedLifetime(halfRequested) { #expect(server.stop() == 0) }
        #expect(silent.nextFrame()?.closeCode == 1001)
    }
}
