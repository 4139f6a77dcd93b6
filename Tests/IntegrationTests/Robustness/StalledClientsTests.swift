import Glibc
import Recording
import Testing

/// 200 clients that never read, beside 20 that do and are sent far more than the server may keep.
@Suite("Robustness: stalled clients", .serialized)
struct StalledClientsTests {
    private static let stalledCount = 200
    private static let readerCount = 20
    private static let backlogBytes = 4 << 20
    /// How many messages the slowest reader may be behind: the readers' speed is the publisher's.
    private static let window = 4

    // MARK: What is promised

    /// What the server may hold beside the backlog. A segment of the log holds three messages of 64 KiB and a quarter
    /// of it is empty; each stalled client may have the rest of one message in memory of its own.
    private static let serverLimitBytes =
        backlogBytes * 4 / 3 + stalledCount * (NumberedStream.payloadBytes + 4096) + constantBytes
    /// Receive buffers of the loop (16 MiB), spare segments (16 MiB), batches, and what the allocator keeps.
    private static let constantBytes = 48 << 20
    /// In the kernel: what may be unsent (128 KiB), what is on its way, and the kernel's own share of both.
    private static let kernelLimitBytes = stalledCount * (512 << 10)

    /// Several times what the server may hold, so that one who keeps everything is found out.
    private static let messageCount = (TestedBuild.isOptimized ? 500 << 20 : 160 << 20) / NumberedStream.payloadBytes

    @Test(
        "disconnect: they are told 1013 behind whole messages, and the others lose nothing",
        arguments: Drivers.available)
    func disconnect(io: String) throws {
        let server = try start(io, "disconnect")
        defer { server.process.kill() }
        let stalled = try clients(server, Self.stalledCount, stalls: true)
        try broadcast(server)
        try readAll(stalled) { $0.stream.closeCode != nil }
        for client in stalled {
            try #require(client.stream.fault == nil)
            #expect(client.stream.closeCode == 1013)
            #expect(client.stream.missingCount == 0, "it gets the messages in order, up to the close")
            #expect(client.stream.receivedCount < Self.messageCount)
            client.answerClose()
        }
        #expect(try Deadline.reaches { try server.figure("activeConnections", at: "/api/metrics") == 0 })
    }

    @Test("skip: what they get and what they missed is all there was, to the message", arguments: Drivers.available)
    func skip(io: String) throws {
        let server = try start(io, "skip")
        defer { server.process.kill() }
        let stalled = try clients(server, Self.stalledCount, stalls: true)
        try broadcast(server)
        // Whoever skips gets the newest message.
        try readAll(stalled) { $0.stream.newest == Self.messageCount - 1 && $0.stream.isBetweenMessages }
        var missed: [Int] = []
        for client in stalled {
            try #require(client.stream.fault == nil)
            #expect(client.stream.closeCode == nil)
            #expect(client.stream.missingCount > 0)
            #expect(client.stream.receivedCount + client.stream.missingCount == Self.messageCount)
            missed.append(client.stream.missingCount)
        }
        // One by one, whichever is which.
        let text = try server.get("/api/clients")
        let told = text.matches(of: /"missed":(\d+)/).compactMap { Int($0.1) }
        #expect(told.filter { $0 > 0 }.sorted() == missed.sorted())
        #expect(try server.figure("missedMessages", at: "/api/metrics") == missed.reduce(0, +))
    }

    // MARK: Steps

    private func start(_ io: String, _ policy: String) throws -> TestServer {
        // Nobody is to be given up on while the test takes its time.
        try TestedBuild.start(
            io,
            [
                "--slow-client", policy, "--backlog-bytes", String(Self.backlogBytes), "--max-message-bytes", "131072",
                "--heartbeat-interval", "600", "--drain-timeout", "600",
            ])
    }

    private func clients(_ server: TestServer, _ count: Int, stalls: Bool) throws -> [NumberedClient] {
        try (0..<count).map { _ in try NumberedClient(port: server.port, stalls: stalls) }
    }

    /// Brings all messages to 20 readers, one of which publishes them, and looks at the memory on the way.
    private func broadcast(_ server: TestServer) throws {
        let readers = try clients(server, Self.readerCount, stalls: false)
        let before = try ServerMemory(server)
        let kernelBefore = try kernelBytes()
        var most = (resident: 0, allocated: 0, kernel: 0)
        for number in 0..<Self.messageCount {
            readers[0].publish(number)
            try readAll(readers) { $0.stream.newest >= number - Self.window }
            guard number % (Self.messageCount / 8) == 0 || number == Self.messageCount - 1 else { continue }
            let now = try ServerMemory(server)
            most.resident = max(most.resident, now.residentBytes - before.residentBytes)
            most.allocated = max(most.allocated, now.allocatedBytes - before.allocatedBytes)
            most.kernel = try max(most.kernel, kernelBytes() - kernelBefore)
        }
        try readAll(readers) { $0.stream.receivedCount == Self.messageCount }
        for reader in readers {
            try #require(reader.stream.fault == nil)
            #expect(reader.stream.missingCount == 0)
            #expect(reader.stream.closeCode == nil)
        }
        // Otherwise keeping everything would be no breach.
        try #require(Self.messageCount * NumberedStream.payloadBytes > 2 * Self.serverLimitBytes)
        #expect(most.resident <= Self.serverLimitBytes)
        #expect(most.allocated <= Self.serverLimitBytes)
        #expect(most.kernel <= Self.kernelLimitBytes)
    }

    /// What the kernel holds for all TCP sockets of the machine.
    private func kernelBytes() throws -> Int {
        let bytes = try #require(SystemFigures.current()?.tcpMemoryBytes)
        return Int(clamping: bytes)
    }

    /// Reads from all until each is where it is to be.
    private func readAll(_ clients: [NumberedClient], until isThere: (NumberedClient) -> Bool) throws {
        let place = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { place.deallocate() }
        var pending = clients.filter { !isThere($0) }
        var progressAt = MonotonicInstant.now()
        while !pending.isEmpty {
            var hasRead = false
            for client in pending where client.read(through: place) { hasRead = true }
            pending.removeAll { isThere($0) }
            if hasRead { progressAt = .now() } else { usleep(100) }
            let ended = pending.first { $0.end != nil || $0.stream.fault != nil }
            let fault = ended.map { $0.stream.fault ?? "the connection has ended" }
            try #require(fault == nil, "\(fault ?? "")")
            try #require(MonotonicInstant.now() - progressAt < 30_000_000_000, "nothing comes any more")
        }
    }
}
