import Recording
import Testing
import Transport

/// What a client on `/` that says nothing costs in user space.
@Suite("Robustness: idle memory", .serialized)
struct IdleMemoryTests {
    /// The promise (uWebSockets: 459).
    private static let bytesPerClient = 300
    /// Pages that the allocator has begun and not filled.
    private static let residentSlackBytes = 2 << 20
    private static let warmUpCount = 2_000
    private static let count = 4_000
    private static let encryptedCount = 400

    @Test("a client on / has at most 300 bytes", arguments: Drivers.available)
    func plain(io: String) throws {
        let descriptors = DescriptorLimit.raise()
        try #require(descriptors > Self.warmUpCount + Self.count + 1_000, "\(descriptors) descriptors are too few")
        let server = try TestedBuild.start(io, ["--heartbeat-interval", "600"])
        defer { server.process.kill() }
        // The first ones make tables and pools.
        let first = try connect(server, Self.warmUpCount)
        let before = try ServerMemory(server)
        let others = try connect(server, Self.count)
        let after = try ServerMemory(server)
        try #require(try server.figure("activeConnections", at: "/api/metrics") == first.count + others.count)
        #expect(after.allocatedBytes - before.allocatedBytes <= Self.count * Self.bytesPerClient)
        #expect(
            after.residentBytes - before.residentBytes <= Self.count * Self.bytesPerClient + Self.residentSlackBytes)
        let bytes = (after.allocatedBytes - before.allocatedBytes) / Self.count
        print("idle memory of a client with \(io): \(bytes) bytes")
        withExtendedLifetime(first) {}
        withExtendedLifetime(others) {}
    }

    @Test("with TLS the session comes on top of that, which is told", arguments: Drivers.available)
    func encrypted(io: String) throws {
        let context = try TLSClientContext(trust: .anyone)
        let server = try TestedBuild.start(io, ["--heartbeat-interval", "600"] + Wire.wss.serverArguments())
        defer { server.process.kill() }
        let first = try connect(server, context)
        let before = try ServerMemory(server)
        let others = try connect(server, context)
        let after = try ServerMemory(server)
        try #require(try server.figure("activeConnections", at: "/api/metrics") == first.count + others.count)
        let bytes = (after.allocatedBytes - before.allocatedBytes) / Self.encryptedCount
        print("idle memory of a client with TLS and \(io): \(bytes) bytes")
        withExtendedLifetime(first) {}
        withExtendedLifetime(others) {}
    }

    private func connect(_ server: TestServer, _ count: Int) throws -> [RawWebSocket] {
        try (0..<count).map { _ in try RawWebSocket(port: server.port, "/") }
    }

    private func connect(_ server: TestServer, _ context: TLSClientContext) throws -> [RawTLS] {
        try (0..<Self.encryptedCount).map { _ in
            let client = try RawTLS(port: server.port, context)
            let answer = try client.request(RawWebSocket.upgradeRequest("/"))
            try #require(answer.hasPrefix("HTTP/1.1 101 "))
            return client
        }
    }
}
