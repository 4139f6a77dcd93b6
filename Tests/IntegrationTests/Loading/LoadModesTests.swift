import Glibc
import Testing

@Suite("broadside load: modes and paces")
struct LoadModesTests {
    private static let short = ["--duration", "500ms", "--warmup", "50ms"]

    @Test("an open loop publishes what its schedule has, from all publishers", arguments: Drivers.available)
    func openLoop(io: String) throws {
        let server = try TestServer("--relay", "--io", io, "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [server.url("/relay"), "--clients", "20", "--publishers", "7", "--rate", "200", "--io", io]
                + Self.short)
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(outcome.result.messages.intended == 100)
        #expect(outcome.result.messages.published == 100)
        #expect(outcome.result.deliveries.received == 2000)
        #expect(outcome.result.deliveries.lost == 0)
        #expect(outcome.result.plan.publishers == 7)
        #expect(outcome.result.plan.ratePerSecond == 200)
    }

    @Test("in echo every client publishes and gets its own messages alone", arguments: Drivers.available)
    func echo(io: String) throws {
        let server = try TestServer("--relay", "--io", io, "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [server.url("/echo"), "--mode", "echo", "--clients", "25", "--rate", "500", "--io", io]
                + Self.short)
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(outcome.result.plan.publishers == 25)
        #expect(outcome.result.messages.published == 250)
        #expect(outcome.result.deliveries.expected == 250)
        #expect(outcome.result.deliveries.received == 250)
        #expect(outcome.result.errors.isEmpty)
    }

    @Test("messages of every size come back whole", arguments: [48, 125, 126, 65_535, 65_536, 1_048_576])
    func sizes(messageBytes: Int) throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [
                server.url("/relay"), "--clients", "3", "--in-flight", "2", "--message-bytes",
                String(messageBytes),
            ]
                + Self.short)
        #expect(outcome.result.deliveries.received > 0)
        #expect(outcome.result.deliveries.lost == 0)
        #expect(outcome.result.errors.isEmpty)
    }

    @Test("with --payload stamp the kernel drops what follows the stamp, and every delivery still counts")
    func payloadStamp() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        for messageBytes in [64, 1_000, 300_000] {
            let outcome = try LoadOutcome(
                [
                    server.url("/relay"), "--clients", "4", "--in-flight", "3", "--message-bytes", "\(messageBytes)",
                    "--payload", "stamp",
                ] + Self.short)
            #expect(outcome.result.plan.payload == "stamp")
            #expect(outcome.result.plan.io == "epoll")
            #expect(outcome.result.deliveries.received > 0)
            #expect(outcome.result.deliveries.received == 4 * outcome.result.messages.published)
            #expect(outcome.result.errors.isEmpty)
        }
    }

    @Test(
        "reflect sends back what it gets until the server closes, and ends well", arguments: Drivers.available
    )
    func reflect(io: String) throws {
        let server = try TestServer("--relay", "--io", io, "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [server.url("/relay"), "--mode", "reflect", "--clients", "1", "--duration", "60s", "--io", io]
        ) { _ in
            let peer = try RawWebSocket(port: server.port, "/relay")
            // Until the reflecting client has joined there is nothing but our own copy.
            let message = Array("there and back".utf8)
            peer.send(1, message)
            try #require(peer.nextFrame()?.payload == message)
            #expect(
                Deadline.reaches {
                    peer.send(1, message)
                    return peer.nextFrame(within: 1) != nil
                        && peer.nextFrame(within: 0.05)?.payload == message
                })
            server.process.signal(SIGTERM)
        }
        #expect(outcome.exitCode == 0)
        #expect(outcome.result.messages.published == 0)
        #expect(outcome.result.clients.connected == 1)
        #expect(outcome.result.clients.disconnected == 0)
    }

    @Test(
        "without a URL it starts a server of its own and leaves none behind",
        arguments: ["broadcast", "echo", "idle"])
    func ownServer(mode: String) throws {
        let outcome = try LoadOutcome(["--mode", mode, "--clients", "5"] + Self.short)
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(outcome.result.deliveries.lost == 0)
        let pid = try #require(outcome.result.server?.pid)
        #expect(kill(pid, 0) == -1 && errno == ESRCH, "process \(pid) is still there")
    }

    @Test(
        "the table for people names what the JSON has, CSV has a line a second",
        arguments: ["text", "csv", "json"])
    func formats(format: String) throws {
        let outcome = try LoadOutcome([
            "--clients", "3", "--format", format, "--duration", "1s", "--warmup", "0ms",
        ])
        switch format {
        case "text":
            #expect(outcome.standardOutput.contains("clients     3 of 3 connected"))
            #expect(outcome.standardOutput.contains("verdict     "))
        case "csv":
            let lines = outcome.standardOutput.split(separator: "\n")
            let former = "second,published,received,latencyP50Nanoseconds,latencyP99Nanoseconds,connected,"
            #expect(lines.first?.hasPrefix(former) == true)
            #expect(lines.first?.hasSuffix(",generator") == true)
            let verdict = outcome.result.generator.verdict.rawValue
            #expect(lines.dropFirst().allSatisfy { $0.hasSuffix(",\(verdict)") })
            #expect(lines.count == 1 + outcome.result.intervals.count)
        default:
            #expect(Array(outcome.standardOutput.utf8) == outcome.json)
        }
    }
}
