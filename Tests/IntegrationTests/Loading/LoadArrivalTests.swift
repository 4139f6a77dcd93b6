import Testing

@Suite("broadside load: arrival")
struct LoadArrivalTests {
    @Test("stages publish what their rates come to, and last as long as they do")
    func stages() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--clients", "5", "--warmup", "50ms", "--stage", "400ms:0..500", "--stage", "200ms:0",
            "--stage", "200ms:500",
        ])
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(outcome.result.durationNanoseconds == 800_000_000)
        #expect(outcome.result.messages.intended == 200)
        #expect(outcome.result.messages.published == 200)
        #expect(outcome.result.deliveries.received == 1_000)
        #expect(outcome.result.plan.stages == ["400ms:0..500", "200ms:0", "200ms:500"])
        #expect(outcome.result.plan.ratePerSecond == nil)
    }

    @Test("random arrivals are the same for one same seed, and others for another")
    func poisson() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        func intended(_ seed: Int) throws -> Int {
            let outcome = try LoadOutcome([
                server.url("/relay"), "--clients", "3", "--warmup", "100ms", "--duration", "500ms", "--rate", "1000",
                "--arrival", "poisson", "--seed", String(seed),
            ])
            #expect(outcome.exitCode == outcome.exitCodeOfFigures)
            #expect(outcome.result.messages.published == outcome.result.messages.intended)
            #expect(outcome.result.deliveries.received == outcome.result.messages.published * 3)
            #expect(outcome.result.plan.arrival == "poisson")
            return outcome.result.messages.intended
        }
        let counts = try [1, 2, 3, 4].map { try intended($0) }
        #expect(try intended(1) == counts[0])
        #expect(Set(counts).count > 1)
        for count in counts { #expect(abs(count - 500) < 150) }
    }

    @Test("who thinks sends no more than one message a slot in that time")
    func thinkTime() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--clients", "3", "--warmup", "0s", "--duration", "1s", "--in-flight", "4",
            "--think-time", "50ms..60ms",
        ])
        // At most 20 times 50 ms and the one before the first wait.
        #expect(outcome.result.messages.published <= 4 * 21)
        #expect(outcome.result.messages.published >= 4 * 2)
        #expect(outcome.result.deliveries.lost == 0)
        #expect(outcome.result.plan.thinkTime == "50ms..60ms")
    }

    @Test(
        "what does not go together is wrong usage",
        arguments: [
            ["--stage", "1s:5", "--rate", "5"], ["--stage", "1s:5", "--duration", "5s"], ["--stage", "1s:0"],
            ["--stage", "5"], ["--stage", "1s:5", "--in-flight", "2"], ["--arrival", "poisson", "--in-flight", "2"],
            ["--think-time", "5ms"], ["--in-flight", "2", "--think-time", "x"], ["--arrival", "x"],
            ["--stage", "800m:5", "--stage", "800m:5"],
        ])
    func wrongUsage(arguments: [String]) throws {
        let child = try BroadsideProgram.run(["load", "ws://127.0.0.1:9/"] + arguments)
        #expect(child.exitCode == 64)
        #expect(child.errorText.hasPrefix("broadside: "))
        #expect(child.errorText.filter { $0 == "\n" }.count == 1)
    }
}
