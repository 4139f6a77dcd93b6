import Recording
import Testing

@Suite("broadside load: clients that leave and come back")
struct DepartureTests {
    /// What holds however clients come and go: nobody is missed who was expected, and nobody was cut off.
    private func expectExact(_ outcome: LoadOutcome) {
        let result = outcome.result
        #expect(outcome.exitCode == outcome.exitCodeOfFigures, "\(outcome.standardOutput)")
        #expect(result.deliveries.expected == result.deliveries.received + result.deliveries.lost)
        #expect(result.deliveries.lost == 0)
        #expect(result.deliveries.duplicated == 0)
        #expect(result.deliveries.reordered == 0)
        #expect(result.latency.count == result.deliveries.received)
        #expect(result.clients.connected == result.clients.requested)
        #expect(result.clients.disconnected == 0)
        #expect(result.clients.slowDisconnected == 0)
        #expect(result.errors.isEmpty)
        #expect(result.reconnect?.count == result.clients.reconnected)
    }

    @Test("churn: clients close, come back at once, and miss nothing in between", arguments: Drivers.available)
    func churn(io: String) throws {
        let server = try TestServer("--relay", "--io", io, "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--io", io, "--clients", "42", "--publishers", "2", "--rate", "200",
            "--duration", "2s", "--warmup", "100ms", "--churn", "20",
        ])
        let result = outcome.result
        expectExact(outcome)
        #expect(result.clients.churned == 40)
        #expect(result.clients.vanished == 0)
        // They closed themselves: these are no reconnections.
        #expect(result.clients.reconnected == 0)
        #expect((43...82).contains(result.handshake.count))
        #expect(result.messages.published == 400)
        #expect(result.deliveries.expected <= 42 * 400)
        // The two publishers heard everything.
        #expect(result.deliveries.received > 2 * 400)
        #expect(result.plan.behaviour?.churnPerSecond == 20)
    }

    @Test("vanish: clients are gone without a word, and come back after the backoff", arguments: Drivers.available)
    func vanish(io: String) throws {
        let server = try TestServer("--relay", "--io", io, "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--io", io, "--clients", "42", "--publishers", "2", "--rate", "200",
            "--duration", "3s", "--warmup", "0ms", "--vanish", "10",
        ])
        let result = outcome.result
        expectExact(outcome)
        #expect(result.clients.vanished == 30)
        #expect(result.clients.churned == 0)
        let reconnected = try #require(result.clients.reconnected)
        #expect((1...30).contains(reconnected))
        #expect(result.handshake.count == 42 + reconnected)
        // The specification's first delay, to the histogram's precision.
        let shortest = try #require(result.reconnect?.minNanoseconds)
        #expect(shortest >= 999_000_000)
        // Somebody is always away.
        #expect(result.deliveries.expected < 42 * result.messages.published)
        #expect(result.intervals.contains { ($0.away ?? 0) > 0 })
    }

    @Test("with --reconnect off who vanished stays away, and is not missed")
    func staysAway() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--clients", "10", "--duration", "1s", "--warmup", "0ms", "--storm", "0ms:30%",
            "--reconnect", "off",
        ])
        expectExact(outcome)
        #expect(outcome.result.clients.stormed == 3)
        #expect(outcome.result.clients.reconnected == 0)
        #expect(outcome.result.intervals.last?.away == 3)
        #expect(outcome.result.intervals.last?.connected == 7)
        #expect(!outcome.standardOutput.contains("left at the end"))
    }

    @Test(
        "a storm drops its share at once; all come back within the backoff, sooner with jitter",
        arguments: Drivers.available)
    func storm(io: String) throws {
        let server = try TestServer("--relay", "--io", io, "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--io", io, "--clients", "40", "--rate", "100", "--duration", "4s", "--warmup", "0ms",
            "--storm", "500ms:50%", "--reconnect-jitter", "0.5", "--threshold", "clients.stormed==20",
            "--threshold", "clients.reconnected==20", "--threshold", "reconnect.min>=499ms",
        ])
        let result = outcome.result
        expectExact(outcome)
        #expect(result.clients.stormed == 20)
        #expect(result.clients.reconnected == 20)
        #expect(result.clients.vanished == 0)
        #expect(result.thresholds.map(\.passed) == [true, true, true])
        #expect(result.deliveries.expected < 40 * result.messages.published)
        #expect(result.plan.behaviour?.storms == ["500ms:50%"])
        #expect(outcome.standardOutput.contains("20 dropped by storms, 20 reconnected"))
    }

    @Test("a storm of all clients leaves the publishers; in echo nobody waits for them, so they go as well")
    func everybody() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let common = ["--clients", "8", "--duration", "500ms", "--warmup", "0ms", "--storm", "200ms:100%"]
        let broadcast = try LoadOutcome([server.url("/relay"), "--publishers", "3"] + common)
        expectExact(broadcast)
        #expect(broadcast.result.clients.stormed == 5)
        // Nobody publishes while all are away, which is less than the schedule has.
        let echo = try LoadOutcome([server.url("/echo"), "--mode", "echo"] + common)
        #expect(echo.result.clients.stormed == 8)
        #expect(echo.result.deliveries.lost == 0)
        #expect(echo.result.deliveries.expected == echo.result.deliveries.received)
        #expect(echo.result.messages.published < echo.result.messages.intended)
    }

    @Test("clients that only stay connected leave and come back too")
    func idle() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--mode", "idle", "--clients", "30", "--duration", "1s", "--warmup", "0ms",
            "--churn", "10", "--vanish", "5",
        ])
        expectExact(outcome)
        #expect(outcome.result.clients.churned == 10)
        #expect(outcome.result.clients.vanished == 5)
        #expect(outcome.result.messages.published == 0)
    }

    @Test("a closed loop does not wait for a client that has left")
    func closedLoop() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        // Of what is echoed the other client gets nothing: the one place in the window is taken until it is gone.
        let outcome = try LoadOutcome([
            server.url("/echo"), "--clients", "2", "--in-flight", "1", "--duration", "500ms", "--warmup", "0ms",
            "--storm", "100ms:50%", "--grace", "20s",
        ])
        let result = outcome.result
        expectExact(outcome)
        #expect(result.clients.stormed == 1)
        #expect(result.messages.published > 1)
        #expect(result.deliveries.withdrawn == 1)
        #expect(result.deliveries.received == result.messages.published)
    }

    @Test("whom the server has dropped is not expected to receive until it is back, after the backoff")
    func serverRestarts() throws {
        let first = try TestServer("--relay", "--log-level", "error")
        defer { first.process.kill() }
        var second: TestServer?
        defer { second?.process.kill() }
        let outcome = try LoadOutcome([
            first.url("/relay"), "--clients", "10", "--rate", "50", "--duration", "6s", "--warmup", "0ms",
            "--progress", "on",
        ]) { load in
            #expect(Deadline.reaches { load.errorText.contains("outstanding") })
            first.process.kill()
            second = try TestServer("--relay", "--log-level", "error", "--port", "\(first.port)")
        }
        let result = outcome.result
        #expect(result.clients.disconnected == 10)
        #expect(result.clients.reconnected == 10)
        let shortest = try #require(result.reconnect?.minNanoseconds)
        #expect(shortest >= 999_000_000)
        #expect(result.intervals.last?.connected == 10)
        #expect(result.intervals.last?.away == 0)
        // Its own publisher was away as well, so nobody waited for what was not published.
        #expect(result.messages.published < result.messages.intended)
        #expect(result.deliveries.expected <= 10 * result.messages.published)
        #expect(result.deliveries.expected == result.deliveries.received + result.deliveries.lost)
        #expect(result.deliveries.withdrawn == 0)
        // What was under way when the server died, and nothing of the time after.
        #expect(result.deliveries.lost < result.deliveries.received)
        #expect(result.deliveries.received > 100)
    }

    @Test("a run without such clients says so with zeros, and with null for its plan")
    func nothing() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--clients", "3", "--duration", "200ms", "--warmup", "0ms",
        ])
        let clients = outcome.result.clients
        #expect([clients.churned, clients.vanished, clients.stormed, clients.reconnected] == [0, 0, 0, 0])
        #expect(outcome.result.deliveries.withdrawn == 0)
        #expect(outcome.result.reconnect?.count == 0)
        #expect(outcome.result.plan.behaviour == nil)
        #expect(!outcome.standardOutput.contains("behaviour"))
    }
}
