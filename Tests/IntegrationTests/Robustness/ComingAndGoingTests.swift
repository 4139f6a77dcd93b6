import Recording
import Testing
import Transport

/// Clients that come and go in every way leave the server as it was.
@Suite("Robustness: coming and going", .serialized)
struct ComingAndGoingTests {
    /// These make the server's buffers and tables as large as they get.
    private static let warmUpCount = 2_000
    private static let count = 8_000
    private static let encryptedWarmUpCount = 300
    private static let encryptedCount = 700

    // MARK: What is promised

    /// For each that has come and gone: less than the smallest thing that is made for one.
    private static let leakedBytesPerClient = 64
    /// What differs from one moment to the next, whoever has come: threads' caches, pages of the allocator.
    private static let allocatedSlackBytes = 256 << 10
    private static let residentSlackBytes = 4 << 20

    @Test("10,000 of them", arguments: Drivers.available)
    func plain(io: String) throws {
        let server = try start(io)
        defer { server.process.kill() }
        try expectSame(server, warmUp: Self.warmUpCount, count: Self.count) { index in
            try comeAndGo(index, server.port)
        }
        #expect(server.stop() == 0)
    }

    @Test("1,000 of them over TLS", arguments: Drivers.available)
    func encrypted(io: String) throws {
        let context = try TLSClientContext(trust: .anyone)
        let server = try start(io, Wire.wss.serverArguments())
        defer { server.process.kill() }
        try expectSame(server, warmUp: Self.encryptedWarmUpCount, count: Self.encryptedCount) { index in
            try comeAndGo(index, server.port, context)
        }
        #expect(server.stop() == 0)
    }

    private func start(_ io: String, _ arguments: [String] = []) throws -> TestServer {
        try TestedBuild.start(io, ["--drain-timeout", "1"] + arguments)
    }

    private func expectSame(
        _ server: TestServer, warmUp warmUpCount: Int, count: Int, _ comeAndGo: (Int) throws -> Void
    ) throws {
        let process = ProcessFigures(pid: server.process.pid)
        let descriptors = try #require(process.descriptorCount())
        for index in 0..<warmUpCount { try comeAndGo(index) }
        let before = try memory(server, withDescriptors: descriptors)
        for index in 0..<count { try comeAndGo(index) }
        let after = try memory(server, withDescriptors: descriptors)
        let leakBytes = count * Self.leakedBytesPerClient
        #expect(after.allocatedBytes <= before.allocatedBytes + Self.allocatedSlackBytes + leakBytes)
        #expect(after.residentBytes <= before.residentBytes + Self.residentSlackBytes + leakBytes)
    }

    /// Once all clients are gone, which the server learns a little later.
    private func memory(_ server: TestServer, withDescriptors descriptors: Int) throws -> ServerMemory {
        let process = ProcessFigures(pid: server.process.pid)
        let isEmpty = try Deadline.reaches { try server.figure("activeConnections", at: "/api/metrics") == 0 }
        #expect(isEmpty, "clients are counted that have gone")
        #expect(Deadline.reaches { process.descriptorCount() == descriptors }, "descriptors are left")
        return try ServerMemory(server)
    }

    private func comeAndGo(_ index: Int, _ port: UInt16) throws {
        switch index % 6 {
        case 0:
            let client = try RawWebSocket(port: port, "/")
            client.send(8, [0x03, 0xe8])
            try #require(client.nextFrame()?.closeCode == 1000)
        case 1: try RawWebSocket(port: port, "/relay").socket.reset()
        case 2: _ = try RawSocket(port: port)
        case 3:
            let socket = try RawSocket(port: port)
            socket.send("GET /relay HTTP/1.1\r\nUpgrade: webs")
        case 4:
            // It ends within a message.
            let client = try RawWebSocket(port: port, "/echo")
            client.socket.send(Array(RawWebSocket.frame(2, [UInt8](repeating: 0, count: 5_000))[..<3_000]))
        default:
            let socket = try RawSocket(port: port)
            socket.send("noise\r\n\r\n")
            socket.reset()
        }
    }

    private func comeAndGo(_ index: Int, _ port: UInt16, _ context: TLSClientContext) throws {
        switch index % 5 {
        case 0:
            let client = try RawTLS(port: port, context)
            let answer = try client.request(RawWebSocket.upgradeRequest("/relay"))
            try #require(answer.hasPrefix("HTTP/1.1 101 "))
        case 1: try RawTLS(port: port, context).socket.reset()
        case 2: _ = try RawSocket(port: port)
        case 3:
            // The beginning of a record that holds the beginning of a handshake.
            let socket = try RawSocket(port: port)
            socket.send([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03])
        default:
            let socket = try RawSocket(port: port)
            socket.send("GET / HTTP/1.1\r\n\r\n")
            socket.reset()
        }
    }
}
