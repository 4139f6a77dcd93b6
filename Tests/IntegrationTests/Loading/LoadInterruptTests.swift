import FoundationEssentials
import Glibc
import Recording
import Testing
import WebSocketWire

@Suite("broadside load: Ctrl-C at every stage")
struct LoadInterruptTests {
    private static let progress = ["--progress", "on"]

    /// What every interrupted run leaves behind.
    private func expectInterrupted(_ outcome: LoadOutcome) {
        #expect(outcome.exitCode == 1)
        #expect(outcome.result.interrupted)
        #expect(outcome.standardOutput.contains("verdict     interrupted"))
        let deliveries = outcome.result.deliveries
        #expect(deliveries.expected == deliveries.received + deliveries.lost)
        #expect(outcome.result.intervals.reduce(0) { $0 + $1.received } == deliveries.received)
        #expect(outcome.result.latency.count == deliveries.received)
    }

    @Test("while it connects: to a server that takes connections and does not answer")
    func connecting() throws {
        let listener = try RawListener()
        let outcome = try LoadOutcome(
            ["ws://127.0.0.1:\(listener.port)/", "--clients", "3", "--connect-timeout", "60s"] + Self.progress
        ) { load in
            #expect(Deadline.reaches { load.errorText.contains("connecting: 0/3 clients") })
            load.signal(SIGINT)
        }
        expectInterrupted(outcome)
        #expect(outcome.result.clients.connected == 0)
        #expect(outcome.result.durationNanoseconds == 0)
        #expect(outcome.result.intervals.isEmpty)
    }

    @Test("while some are connected and others are not: those that are leave in order")
    func halfConnected() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [server.url("/relay"), "--clients", "1000", "--connect-rate", "4"] + Self.progress
        ) { load in
            #expect(Deadline.reaches { load.errorText.contains(/connecting: [1-9]\d*\/1000 clients/) })
            load.signal(SIGINT)
        }
        expectInterrupted(outcome)
        #expect(outcome.result.clients.connected > 0)
        #expect(outcome.result.clients.disconnected == 0)
        #expect(outcome.result.messages.published == 0)
        #expect(try Deadline.reaches { try server.figure("activeConnections", at: "/api/metrics") == 0 })
    }

    @Test("while it warms up: nothing was measured, and nothing counts")
    func warmup() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [server.url("/relay"), "--clients", "3", "--warmup", "60s", "--rate", "200"] + Self.progress
        ) { load in
            #expect(Deadline.reaches { load.errorText.contains("warming up: 3/3 clients") })
            load.signal(SIGINT)
        }
        expectInterrupted(outcome)
        #expect(outcome.result.messages.published == 0)
        #expect(outcome.result.deliveries.expected == 0)
        #expect(outcome.result.intervals.isEmpty)
    }

    @Test("while it measures: the files have what the result has")
    func measuring() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let folder = try ScratchFolder()
        let (csv, log) = (folder.file("seconds.csv"), folder.file("latency.hlog"))
        let outcome = try LoadOutcome(
            [
                server.url("/relay"), "--clients", "3", "--warmup", "0ms", "--duration", "60s", "--csv", csv,
                "--hdr-log", log,
            ] + Self.progress
        ) { load in
            #expect(Deadline.reaches { load.errorText.contains(/[1-9]\d*\/60\ss/) })
            load.signal(SIGINT)
        }
        expectInterrupted(outcome)
        #expect(outcome.result.deliveries.received > 0)
        let rows = String(decoding: try Data(contentsOf: URL(filePath: csv)), as: UTF8.self)
        #expect(rows == IntervalTable.header() + outcome.result.intervals.map { IntervalTable.row($0) }.joined())
        let lines = String(decoding: try Data(contentsOf: URL(filePath: log)), as: UTF8.self).split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("Tag=latency,") } == outcome.result.intervals.count)
    }

    @Test("while it waits for what is missing: that is lost")
    func grace() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        // Nobody but the sender gets what is sent there.
        let outcome = try LoadOutcome(
            [
                server.url("/echo"), "--clients", "4", "--rate", "50", "--duration", "200ms", "--warmup", "0ms",
                "--grace", "60s",
            ] + Self.progress
        ) { load in
            #expect(Deadline.reaches { load.errorText.contains("10 outstanding") })
            load.signal(SIGINT)
        }
        expectInterrupted(outcome)
        #expect(outcome.result.deliveries.expected == 40)
        #expect(outcome.result.deliveries.received == 10)
        #expect(outcome.result.deliveries.lost == 30)
        #expect(outcome.result.intervals.reduce(0) { $0 + ($1.lost ?? 0) } == 30)
    }

    @Test("while it takes leave of a server that does not answer")
    func closing() throws {
        let listener = try RawListener()
        var client: RawSocket?
        let outcome = try LoadOutcome(
            [
                "ws://127.0.0.1:\(listener.port)/", "--mode", "idle", "--clients", "1", "--duration", "1ms",
                "--warmup", "0ms",
            ] + Self.progress
        ) { load in
            let socket = try #require(listener.next())
            let key = try #require(RawHead(from: socket).value("Sec-WebSocket-Key"))
            socket.send(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: \(AcceptKey.compute(for: key))\r\n\r\n")
            client = socket
            #expect(Deadline.reaches { load.errorText.contains("closing: 1/1 clients") })
            load.signal(SIGINT)
        }
        expectInterrupted(outcome)
        #expect(outcome.result.clients.connected == 1)
        client?.disconnect()
    }
}
