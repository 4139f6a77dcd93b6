import FoundationEssentials
import Recording
import Testing

@Suite("broadside load: scenario files")
struct ScenarioRunTests {
    private static func write(_ text: String, in folder: ScratchFolder) throws -> String {
        let file = folder.file("scenario.yaml")
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }

    private static func plan(_ text: String, _ own: [String] = []) throws -> RunPlanRecord {
        let folder = try ScratchFolder()
        let file = try write(text, in: folder)
        let child = try BroadsideProgram.run(["load", "--scenario", file, "--dry-run"] + own)
        #expect(child.exitCode == 0, "\(child.errorText)")
        return try JSONDecoder().decode(RunPlanRecord.self, from: Data(child.outputText.utf8))
    }

    @Test("a file sets what the command line sets")
    func plan() throws {
        let plan = try Self.plan(
            """
            url: ws://127.0.0.1:9/chat
            clients: 7
            inFlight: 3
            thinkTime: 5ms..9ms
            compression: on
            headers: {X-A: b}
            seed: 99
            """)
        #expect(plan.url == "ws://127.0.0.1:9/chat")
        #expect(plan.clients == 7)
        #expect(plan.inFlight == 3)
        #expect(plan.thinkTime == "5ms..9ms")
        #expect(plan.compression == true)
        #expect(plan.headerNames == ["X-A"])
        #expect(plan.seed == 99)
    }

    @Test("the command line wins")
    func precedence() throws {
        let text = "url: ws://127.0.0.1:9/\nclients: 7\nstages: ['5s:10', '10s:0..20']\nthreshold: latency.p99<5ms\n"
        let unchanged = try Self.plan(text)
        #expect(unchanged.durationNanoseconds == 15_000_000_000)
        #expect(unchanged.stages == ["5s:10", "10s:0..20"])
        #expect(unchanged.ratePerSecond == nil)
        let changed = try Self.plan(text, ["ws://127.0.0.1:8/", "--clients", "9", "--rate", "3", "--duration", "4s"])
        #expect(changed.url == "ws://127.0.0.1:8/")
        #expect(changed.clients == 9)
        #expect(changed.ratePerSecond == 3)
        #expect(changed.stages == nil)
        #expect(changed.durationNanoseconds == 4_000_000_000)
        #expect(changed.thresholds == ["latency.p99<5ms"])
    }

    @Test(
        "what is wrong in a file is wrong usage, in one line that names the place",
        arguments: [
            ("clients: 5\nclinets: 6\n", ":2: unknown key 'clinets': did you mean clients?"),
            ("url: ws://h/\nclients: 0\n", ":2: --clients: expected"),
            ("url: ws://h/\nclients: five\n", ":2: "),
            ("url: ws://h/\nstages:\n- 1s:1\n- 1s:bad\n", ":4: --stage: stage"),
            ("url: ws://h/\nduration: 5s\nstage: 1s:1\n", ":2: --duration and --stage: expected one of them"),
            ("url: ws://h/\nthinkTime: 5ms\n", ":2: --think-time goes with --in-flight"),
            ("url: ws://h/\narrival: sometimes\n", ":2: "), ("- x\n", ": expected keys with their values"),
            ("url: ws://h/\nthreshold: foo<1\n", ":2: threshold"),
        ])
    func wrongFiles(text: String, part: String) throws {
        let folder = try ScratchFolder()
        let file = try Self.write(text, in: folder)
        let child = try BroadsideProgram.run(["load", "--scenario", file])
        #expect(child.exitCode == 64)
        #expect(child.errorText.hasPrefix("broadside: \(file)\(part)"), "\(child.errorText)")
        #expect(child.errorText.filter { $0 == "\n" }.count == 1)
    }

    @Test("a file that is not there is wrong usage")
    func missingFile() throws {
        let child = try BroadsideProgram.run(["load", "--scenario", "/nowhere/x.yaml"])
        #expect(child.exitCode == 64)
        #expect(child.errorText.contains("--scenario: expected a readable file"))
    }

    @Test("groups that the command line contradicts are refused")
    func contradictedGroups() throws {
        let folder = try ScratchFolder()
        let file = try Self.write("groups: [{name: a, clients: 3, publishers: 2}]\n", in: folder)
        for own in [["--clients", "5"], ["--publishers", "1"]] {
            let child = try BroadsideProgram.run(["load", "ws://127.0.0.1:9/", "--scenario", file] + own)
            #expect(child.exitCode == 64)
            #expect(child.errorText.contains("\(own[0]): the groups of"))
        }
    }

    @Test("the clients of a group connect to its path")
    func groupPaths() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let folder = try ScratchFolder()
        // Those on /echo get nothing of what the first group publishes on /relay, so half of the deliveries are lost.
        let file = try Self.write(
            """
            rate: 100
            duration: 300ms
            warmup: 0s
            grace: 500ms
            groups:
              - {name: on, clients: 3, publishers: 1}
              - {name: off, clients: 3, path: /echo}
            """, in: folder)
        let outcome = try LoadOutcome([server.url("/relay"), "--scenario", file])
        #expect(outcome.exitCode == 5)
        #expect(outcome.result.messages.published == 30)
        #expect(outcome.result.deliveries.received == 90)
        #expect(outcome.result.deliveries.lost == 90)
        #expect(outcome.result.plan.groups?.map(\.name) == ["on", "off"])
        #expect(outcome.result.plan.groups?.map(\.clients) == [3, 3])
    }

    @Test("the clients of a group subscribe when they are connected")
    func groupSubscriptions() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let folder = try ScratchFolder()
        // What it sends is relayed, before anything is published.
        let observer = try RawWebSocket(port: server.port, "/relay")
        let file = try Self.write(
            """
            rate: 100
            duration: 300ms
            warmup: 0s
            groups:
              - {name: quiet, clients: 2, publishers: 1}
              - {name: loud, clients: 1, subscribe: [hello, again]}
            """, in: folder)
        let outcome = try LoadOutcome([server.url("/relay"), "--scenario", file])
        #expect(observer.nextFrame() == RawWebSocket.Frame(opcode: 1, payload: Array("hello".utf8)))
        #expect(observer.nextFrame() == RawWebSocket.Frame(opcode: 1, payload: Array("again".utf8)))
        #expect(outcome.result.deliveries.received == 90)
        #expect(outcome.result.deliveries.lost == 0)
        #expect(outcome.result.plan.groups?.last?.subscribe == ["hello", "again"])
    }
}
