import Recording
import Testing
import Transport

/// Each of these counts and reads words: how long anything takes here depends on who else uses the machine.
@Suite("broadside load: what it says of itself")
struct LoadHonestyTests {
    /// Programs that want all of one core; each ends by itself after so many seconds of processor time.
    private static func busyNeighbours(_ count: Int, core: Int) throws -> [ChildProcess] {
        try (0..<count).map { _ in
            try ChildProcess("taskset", ["-c", "\(core)", "sh", "-c", "ulimit -t 20; while :; do :; done"])
        }
    }

    @Test("a generator starved of its core says so, marks its latencies and exits with 5")
    func starved() throws {
        let core = try #require(CoreSet.usable().first)
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let neighbours = try Self.busyNeighbours(4, core: core)
        defer { for neighbour in neighbours { neighbour.kill() } }
        #expect(neighbours.allSatisfy { $0.isRunning })
        let outcome = try LoadOutcome(
            [
                server.url("/relay"), "--clients", "100", "--rate", "1000", "--duration", "2s", "--warmup", "0ms",
                "--grace", "1s",
            ], launcher: ["taskset", "-c", "\(core)"])
        let generator = outcome.result.generator
        #expect(outcome.exitCode == 5)
        #expect(generator.verdict == .saturated)
        #expect(
            generator.reasons.contains { $0.contains("waited for a core") || $0.contains("schedule lag") },
            "\(generator.reasons)")
        #expect(outcome.standardOutput.contains("INVALID: "))
        let latency = outcome.standardOutput.split(separator: "\n").filter { $0.hasPrefix("latency ") }
        #expect(latency.count == 1)
        #expect(latency.allSatisfy { $0.hasSuffix("INVALID") }, "\(latency)")
    }

    @Test("the kernel's stamps tell the generator's own queue, where they are wanted", arguments: Drivers.available)
    func kernelStamps(io: String) throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let arguments = [
            server.url("/relay"), "--io", io, "--clients", "10", "--rate", "100", "--duration", "1s", "--warmup",
            "200ms",
        ]
        let stamped = try LoadOutcome(arguments + ["--kernel-stamps", "4"]).result
        #expect(stamped.plan.kernelStamps == 4)
        #expect(stamped.deliveries.received == 1_000)
        #expect(stamped.deliveries.lost + stamped.deliveries.duplicated + stamped.deliveries.reordered == 0)
        let queue = try #require(stamped.generator.receiveQueue)
        #expect(queue.count > 0)
        // Of each message a read on each of the four, at the most; what the warm-up sent late may be among them.
        #expect(queue.count <= 4 * 120)
        #expect((queue.p99Nanoseconds ?? 0) >= (queue.p50Nanoseconds ?? .max))

        let plain = try LoadOutcome(arguments + ["--kernel-stamps", "0"]).result
        #expect(plain.plan.kernelStamps == 0)
        #expect(plain.generator.receiveQueue == nil)
        #expect(plain.deliveries.received == 1_000)
    }

    @Test("lag, backlog and the rates that were reached stand in the result")
    func figures() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let result = try LoadOutcome([
            server.url("/relay"), "--clients", "10", "--rate", "50", "--duration", "1s", "--warmup", "0ms",
            "--connect-rate", "100",
        ]).result
        #expect(result.generator.loopLagP99Nanoseconds != nil)
        // A message of 128 bytes with its header waits for the read that brings it, at the least.
        #expect((result.generator.receiveBacklogP99Bytes ?? 0) >= 130)
        #expect((result.generator.receiveBacklogMaxBytes ?? 0) >= (result.generator.receiveBacklogP99Bytes ?? .max))
        #expect(result.rates.requestedPerSecond == 50)
        #expect((result.clients.connectedPerSecond ?? 0) > 0)
    }

    @Test("in a closed loop no rate was requested")
    func closedLoop() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let result = try LoadOutcome([
            server.url("/relay"), "--clients", "1", "--in-flight", "1", "--duration", "200ms", "--warmup", "0ms",
        ]).result
        #expect(result.rates.requestedPerSecond == nil)
        #expect(result.clients.connectedPerSecond == nil)
        #expect(result.plan.kernelStamps == 8)
    }

    @Test(
        "stamps that could say nothing are wrong usage",
        arguments: [
            ["ws://127.0.0.1:1/", "--kernel-stamps", "1025"],
            ["wss://127.0.0.1:1/", "--insecure", "--kernel-stamps", "1"],
            ["ws://127.0.0.1:1/", "--payload", "stamp", "--kernel-stamps", "1"],
        ])
    func wrongUsage(arguments: [String]) throws {
        let child = try BroadsideProgram.run(["load"] + arguments)
        #expect(child.exitCode == 64)
        #expect(child.errorText.contains("--kernel-stamps"))
    }
}
