import Recording
import Testing

@Suite("broadside load: slow readers")
struct SlowReaderTests {
    private static let messageBytes = 16_384

    /// In a closed loop of 64 KiB those who read are never behind by as much as the server lets them.
    private static let load = [
        "--clients", "6", "--slow-readers", "2", "--in-flight", "4", "--message-bytes", String(messageBytes),
        "--duration", "3s", "--warmup", "0ms",
    ]

    private func start(_ policy: String, _ io: String) throws -> TestServer {
        // 256 KiB, beside what the kernel holds of a connection that is not read from.
        try TestServer(
            "--relay", "--io", io, "--log-level", "error", "--slow-client", policy, "--max-message-bytes", "65536",
            "--backlog-bytes", "262144", "--drain-timeout", "0.2")
    }

    /// The four who read have everything, and hear nothing of the others.
    private func expectUndisturbed(_ outcome: LoadOutcome) {
        let result = outcome.result
        #expect(outcome.exitCode == outcome.exitCodeOfFigures, "\(outcome.standardOutput)")
        #expect(result.clients.connected == 6)
        #expect(result.clients.disconnected == 0)
        #expect(result.messages.published * Self.messageBytes > 2 << 20)
        #expect(result.deliveries.expected == 4 * result.messages.published)
        #expect(result.deliveries.received == result.deliveries.expected)
        #expect(result.deliveries.lost == 0)
        #expect(result.deliveries.duplicated == 0)
        #expect(result.completion.count == result.messages.published)
        #expect(result.errors.isEmpty)
        #expect(!outcome.standardOutput.contains("left at the end"))
    }

    @Test("a server that does not wait for them disconnects them, which is no error", arguments: Drivers.available)
    func disconnected(io: String) throws {
        let server = try start("disconnect", io)
        defer { server.process.kill() }
        let outcome = try LoadOutcome([server.url("/relay"), "--io", io, "--reconnect", "off"] + Self.load)
        expectUndisturbed(outcome)
        #expect(outcome.result.clients.slowDisconnected == 2)
        #expect(outcome.result.clients.reconnected == 0)
        #expect(outcome.result.intervals.last?.away == 2)
        #expect(outcome.standardOutput.contains("2 slow readers disconnected"))
    }

    @Test("they connect again as others do, and are given up on again", arguments: Drivers.available)
    func reconnecting(io: String) throws {
        let server = try start("disconnect", io)
        defer { server.process.kill() }
        let outcome = try LoadOutcome([server.url("/relay"), "--io", io, "--reconnect-jitter", "1"] + Self.load)
        expectUndisturbed(outcome)
        let disconnected = try #require(outcome.result.clients.slowDisconnected)
        let reconnected = try #require(outcome.result.clients.reconnected)
        #expect(disconnected >= 2)
        #expect((0...disconnected).contains(reconnected))
        #expect(outcome.result.handshake.count == 6 + reconnected)
    }

    @Test(
        "a server that skips for them keeps them, whether they read a little or nothing", arguments: Drivers.available,
        [[], ["--slow-read-rate", "50000"]])
    func skipped(io: String, rate: [String]) throws {
        let server = try start("skip", io)
        defer { server.process.kill() }
        let outcome = try LoadOutcome([server.url("/relay"), "--io", io] + Self.load + rate)
        expectUndisturbed(outcome)
        #expect(outcome.result.clients.slowDisconnected == 0)
        #expect(try server.figure("missedMessages", at: "/api/metrics") > 0, "they were not slow")
        #expect(outcome.result.plan.behaviour?.slowReaders == 2)
        #expect(outcome.result.plan.behaviour?.slowReadBytesPerSecond == (rate.isEmpty ? nil : 50_000))
    }

    @Test(
        "they do not answer pings: a server that wants to hear from its clients removes them",
        arguments: Drivers.available)
    func pings(io: String) throws {
        let server = try TestServer("--relay", "--io", io, "--log-level", "error", "--heartbeat-interval", "1")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--io", io, "--mode", "idle", "--clients", "5", "--slow-readers", "2",
            "--duration", "5s", "--warmup", "0ms", "--reconnect", "off",
        ])
        #expect(outcome.result.clients.slowDisconnected == 2)
        // The others answered.
        #expect(outcome.result.clients.disconnected == 0)
        #expect(outcome.result.intervals.last?.connected == 3)
    }
}
