import FoundationEssentials
import Glibc
import Testing

@Suite("broadside load: how it ends when not all is well")
struct LoadEndsTests {
    @Test("fewer clients than asked for: exit 5, and the result says how many")
    func fewerClients() throws {
        let server = try TestServer("--relay", "--max-clients", "5", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--clients", "20", "--duration", "300ms", "--warmup", "0ms",
        ])
        #expect(outcome.exitCode == 5)
        #expect(outcome.result.clients.requested == 20)
        #expect(outcome.result.clients.connected == 5)
        #expect(outcome.result.clients.failed == 15)
        #expect(outcome.result.errors.values.reduce(0, +) == 15)
        #expect(outcome.result.deliveries.expected == 5 * outcome.result.messages.published)
        #expect(outcome.standardOutput.contains("INVALID: 5 of 20 clients connected"))
    }

    @Test("nobody connected: exit 1, one line, no result")
    func nobody() throws {
        let server = try TestServer("--log-level", "error")
        defer { server.process.kill() }
        let child = try BroadsideProgram.run(["load", server.url("/relay"), "--clients", "4"])
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.errorText.contains("404"))
        #expect(child.errorText.contains("It said: {"))
        #expect(child.errorText.contains("there is nothing at /relay"))
        #expect(child.outputText.isEmpty)
    }

    @Test("nobody stayed: exit 1 and one line that says why, or 5 where some of it was measured")
    func nobodyStayed() throws {
        let folder = try ScratchFolder()
        let tokens = folder.file("tokens")
        try Data("right\n".utf8).write(to: URL(filePath: tokens))
        let server = try TestServer("--relay", "--log-level", "error", "--token-file", tokens)
        defer { server.process.kill() }
        let child = try BroadsideProgram.run([
            "load", server.url("/relay"), "--clients", "3", "--duration", "300ms", "--warmup", "0ms",
        ])
        // On a busy machine the run has begun when they are closed.
        guard child.exitCode != 5 else {
            #expect(child.outputText.contains("closed by the server with 1008"))
            #expect(child.outputText.contains("INVALID"))
            return
        }
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.errorText.contains("no client stayed connected: closed by the server with 1008"))
        #expect(child.outputText.isEmpty)
    }

    @Test(
        "a threshold that is not met: exit 2, unless the run is invalid; what was met and not is in the result"
    )
    func thresholds() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--clients", "2", "--rate", "20", "--duration", "300ms", "--warmup", "0ms",
            "--threshold", "latency.p99<1ns", "--threshold", "clients.connected>=2",
        ])
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(outcome.exitCode == 2 || outcome.result.generator.verdict == .saturated)
        #expect(outcome.result.thresholds.map(\.passed) == [false, true])
        #expect(outcome.result.thresholds.map(\.expression) == ["latency.p99<1ns", "clients.connected>=2"])
    }

    @Test("where the output is not for people, one line says what is wrong", arguments: ["csv", "json"])
    func complaint(format: String) throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let child = try BroadsideProgram.run([
            "load", server.url("/relay"), "--clients", "2", "--rate", "20", "--duration", "300ms", "--warmup", "0ms",
            "--threshold", "latency.p99<1ns", "--format", format,
        ])
        #expect([2, 5].contains(child.exitCode))
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        let reason = child.exitCode == 2 ? "not met: latency.p99<1ns" : "invalid: "
        #expect(child.errorText.contains(reason))
    }

    @Test("an interrupted run writes what it has, marked, and exits with 1", arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--clients", "10", "--duration", "60s", "--warmup", "0ms", "--progress",
            "on",
        ]) { load in
            #expect(Deadline.reaches { load.errorText.contains("outstanding") })
            load.signal(signal)
        }
        #expect(outcome.exitCode == 1)
        #expect(outcome.result.interrupted)
        #expect(outcome.result.deliveries.received > 0)
        #expect(
            outcome.result.deliveries.expected == outcome.result.deliveries.received
                + outcome.result.deliveries.lost)
        #expect(outcome.result.durationNanoseconds < 60_000_000_000)
        #expect(outcome.standardOutput.contains("interrupted"))
    }

    @Test(
        "a server that dies in the middle: exit 5, and the clients count as disconnected",
        arguments: [
            ["--mode", "broadcast", "--in-flight", "8"], ["--mode", "broadcast", "--rate", "100"],
            ["--mode", "idle"],
        ])
    func serverDies(arguments: [String]) throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [
                server.url("/relay"), "--clients", "10", "--duration", "2s", "--warmup", "0ms", "--grace",
                "500ms",
                "--progress", "on",
            ] + arguments
        ) { load in
            #expect(Deadline.reaches { load.errorText.contains("outstanding") })
            server.process.kill()
        }
        #expect(outcome.exitCode == 5)
        #expect(outcome.result.clients.disconnected == 10)
        #expect(!outcome.result.errors.isEmpty)
        #expect(outcome.standardOutput.contains("INVALID"))
    }

    @Test(
        "whatever ends a load that started its own server ends the server too",
        arguments: [SIGINT, SIGTERM, SIGKILL])
    func ownServerEnds(signal: Int32) throws {
        let load = try BroadsideProgram.start([
            "load", "--clients", "5", "--duration", "60s", "--warmup", "0ms", "--progress", "on",
        ])
        defer { load.kill() }
        try #require(Deadline.reaches { load.errorText.contains("outstanding") })
        let children = try String(
            contentsOfFile: "/proc/\(load.pid)/task/\(load.pid)/children", encoding: .utf8)
        let server = try #require(Int32(children.split(separator: " ").first ?? ""))
        load.signal(signal)
        load.wait()
        #expect(
            Deadline.reaches { kill(server, 0) == -1 && errno == ESRCH }, "process \(server) is still there")
    }

    @Test("losses are reported as lost: a server that does not relay")
    func losses() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/echo"), "--clients", "4", "--rate", "50", "--duration", "200ms", "--warmup", "0ms",
            "--grace", "300ms",
        ])
        #expect(outcome.exitCode == 5)
        #expect(outcome.result.messages.published == 10)
        #expect(outcome.result.deliveries.expected == 40)
        #expect(outcome.result.deliveries.received == 10)
        #expect(outcome.result.deliveries.lost == 30)
    }

    @Test("a closed loop in which no message ever comes to everybody is no valid run")
    func nothingCompletes() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [
                server.url("/echo"), "--clients", "3", "--in-flight", "2", "--duration", "300ms", "--warmup", "200ms",
                "--grace", "5s",
            ])
        #expect(outcome.result.messages.published == 0)
        #expect(outcome.exitCode == 5)
        #expect(outcome.standardOutput.contains("nothing was published"))
    }
}
