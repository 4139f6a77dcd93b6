import Bench
import FoundationEssentials
import Glibc
import Recording
import Testing

/// The gate as a CI job runs it, on servers whose faults are known. Timing is only shown: on a busy machine it may be open.
@Suite("broadside gate", .serialized)
struct GateTests {
    /// Exact counts are those of optimized code.
    private static let program = BroadsideProgram.releasePath ?? BroadsideProgram.path
    private static let serve = "\(program) serve --relay --port {port} --threads 1 --log-level critical"

    private let folder: ScratchFolder
    private var verdictFile: String { folder.file("verdict.json") }

    init() throws { folder = try ScratchFolder() }

    private func gate(_ arguments: String..., budget: String = "6s", seconds: Double = 60) throws -> ChildProcess {
        try ChildProcess.run(
            Self.program, ["gate", "--budget", budget, "--output", verdictFile] + arguments, seconds: seconds)
    }

    private func gate(candidate: String, _ arguments: String...) throws -> ChildProcess {
        try ChildProcess.run(
            Self.program,
            [
                "gate", "--budget", "6s", "--output", verdictFile, "--timing", "show", "--baseline", Self.serve,
                "--candidate", candidate,
            ] + arguments, seconds: 60)
    }

    private func verdict() throws -> GateResult {
        try GateResult.decode(Array(Data(contentsOf: URL(filePath: verdictFile))))
    }

    @Test(
        "the same server twice passes, with every count the same",
        .enabled(if: BroadsideProgram.releasePath != nil, "counts are exact in optimized code only"))
    func same() throws {
        let markdown = folder.file("gate.md")
        let junit = folder.file("gate.xml")
        let child = try gate(candidate: Self.serve, "--markdown", markdown, "--junit", junit)
        #expect(child.exitCode == 0, "\(child.outputText)\(child.errorText)")
        let result = try verdict()
        #expect(result.verdict == .pass)
        let counted = result.metrics.filter { $0.kind == .exact }
        #expect(
            counted.map(\.name) == ["allocations", "systemCalls", "sends", "copiedBytes", "appendedBytes"])
        #expect(counted.allSatisfy { $0.changePercent == 0 && $0.decision == .pass })
        #expect(result.metrics.filter { $0.kind == .timing }.count == 4)
        #expect(result.sets.count > 0)
        #expect(try String(contentsOfFile: markdown, encoding: .utf8).contains("| systemCalls |"))
        #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<testsuite "))
    }

    @Test(
        "one allocation more a message is a regression, and one system call more a round",
        .enabled(if: BroadsideProgram.releasePath != nil, "counts are exact in optimized code only"),
        arguments: [("--inject-allocations 1", "allocations"), ("--inject-system-calls 1", "systemCalls")])
    func dearer(flag: String, metric: String) throws {
        let child = try gate(candidate: "\(Self.serve) \(flag)")
        #expect(child.exitCode == 2, "\(child.outputText)\(child.errorText)")
        let result = try verdict()
        #expect(result.verdict == .regression)
        #expect(result.metrics.filter { $0.decision == .regression }.map(\.name) == [metric])
        #expect(result.metrics.first { $0.name == metric }?.changePercent == 1)
        #expect(child.outputText.contains("\(metric): "))
    }

    @Test("a candidate that does not start is invalid, and the reason says so")
    func refuses() throws {
        let child = try gate(candidate: "false {port}")
        #expect(child.exitCode == 5)
        #expect(try verdict().verdict == .invalid)
        #expect(child.outputText.contains("'candidate' ended with 1"))
    }

    @Test("a candidate that has nothing to relay is invalid")
    func refusesClients() throws {
        let child = try gate(candidate: "\(Self.program) serve --port {port} --log-level critical")
        #expect(child.exitCode == 5)
        #expect(child.outputText.contains("404"))
    }

    @Test("a thousand clients, which are only shown, are left out where the baseline cannot take them")
    func fewerClients() throws {
        let few = "\(Self.serve) --max-clients 500"
        // Long enough for more than one set on a busy machine, too.
        let child = try gate("--timing", "show", "--baseline", few, "--candidate", few, budget: "20s")
        #expect(child.exitCode == 0, "\(child.outputText)\(child.errorText)")
        let result = try verdict()
        #expect(result.notes.contains { $0.hasPrefix("1,000 clients left out: arm 'baseline'") })
        #expect(result.metrics.first { $0.name == "connectRate" }?.changePercent == nil)
        #expect(result.sets.count > 1)
    }

    @Test("a candidate that refuses clients which the baseline takes is invalid")
    func refusesMany() throws {
        let child = try gate(candidate: "\(Self.serve) --max-clients 500")
        #expect(child.exitCode == 5, "\(child.outputText)")
        #expect(try verdict().failures.contains { $0.contains("'candidate'") })
    }

    @Test("a thousand clients are left out where there are no descriptors for them")
    func fewDescriptors() throws {
        let child = try ChildProcess.run(
            "/bin/sh",
            [
                "-c",
                "ulimit -n 1500; exec \(Self.program) gate --budget 6s --timing show --output \(verdictFile) "
                    + "--baseline '\(Self.serve)' --candidate '\(Self.serve)'",
            ], seconds: 60)
        #expect(child.exitCode == 0, "\(child.outputText)\(child.errorText)")
        #expect(try verdict().notes.contains { $0.contains("2,064 descriptors, and a process may have 1,500") })
    }

    @Test("a candidate that dies is invalid")
    func dies() throws {
        let child = try gate(candidate: "timeout -s KILL 0.9 \(Self.serve)")
        #expect(child.exitCode == 5, "\(child.outputText)")
        #expect(try verdict().failures.contains { $0.contains("'candidate'") })
    }

    @Test("a candidate that stops answering is invalid")
    func stalls() throws {
        let script = "\(Self.serve) & P=$!; sleep 0.7; kill -STOP $P; sleep 30; kill -KILL $P"
        let child = try gate(candidate: "sh -c '\(script)'")
        #expect(child.exitCode == 5, "\(child.outputText)")
        #expect(try verdict().verdict == .invalid)
    }

    @Test(
        "a candidate that loses a message now and then is invalid",
        .enabled(if: PythonWebSockets.isAvailable, PythonWebSockets.absence))
    func loses() throws {
        let script = folder.file("lossy.py")
        try Data(Self.lossyRelay.utf8).write(to: URL(filePath: script))
        let child = try gate(candidate: "\(PythonWebSockets.command) \(script) {port}")
        #expect(child.exitCode == 5, "\(child.outputText)")
        #expect(try verdict().failures.contains { $0.contains("lost") })
    }

    @Test("an interrupted gate writes what it has, ends with 1 and leaves no process")
    func interrupted() throws {
        let before = Self.session
        let child = try ChildProcess(
            Self.program,
            [
                "gate", "--budget", "60s", "--progress", "on", "--output", verdictFile, "--baseline", Self.serve,
                "--candidate", Self.serve,
            ])
        #expect(Deadline.reaches { child.errorText.contains("in flight") })
        let servers = ProcessFigures(pid: child.pid).processes().dropFirst()
        #expect(servers.count >= 2)
        child.signal(SIGINT)
        #expect(child.wait() == 1)
        #expect(try verdict().interrupted)
        #expect(Deadline.reaches { servers.allSatisfy { kill($0, 0) != 0 } })
        #expect(Self.session == before)
    }

    /// The session of this process, which the gate's is as well. Nil where the kernel has no group for it: it groups by
    /// session only what was started in one since it booted.
    private static var session: String? {
        (try? String(contentsOfFile: "/proc/self/autogroup", encoding: .utf8)).flatMap { $0.isEmpty ? nil : $0 }
    }

    @Test(
        "the session goes first while the gate measures, and as before when that was killed",
        .enabled(if: geteuid() == 0 && session != nil, "takes root, and a kernel that groups threads by session"))
    func killed() throws {
        let before = try #require(Self.session)
        let child = try ChildProcess(
            Self.program,
            [
                "gate", "--budget", "60s", "--output", verdictFile, "--baseline", Self.serve, "--candidate", Self.serve,
            ])
        #expect(Deadline.reaches { Self.session?.hasSuffix("nice -20\n") == true })
        child.signal(SIGKILL)
        _ = child.wait()
        #expect(Deadline.reaches { Self.session == before })
    }

    @Test(
        "a recorded baseline: counts compare anywhere, times only where it was recorded",
        .enabled(if: BroadsideProgram.releasePath != nil, "counts are exact in optimized code only"))
    func stored() throws {
        let file = folder.file("baseline.json")
        let recording = try gate("--record", "--baseline", Self.serve, "--baseline-file", file)
        #expect(recording.exitCode == 0, "\(recording.errorText)")
        let here = try gate("--baseline-file", file, "--candidate", Self.serve)
        // Times of a few seconds say nothing yet.
        #expect([0, 2, 3].contains(here.exitCode ?? -1), "\(here.outputText)")
        #expect(try verdict().metrics.first { $0.name == "systemCalls" }?.decision == .pass)
        #expect(try verdict().metrics.first { $0.name == "cpu.inFlight1" }?.changePercent != nil)

        // The same file from another machine.
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let other = text.replacing(/"cpu" : "[^"]*"/, with: #""cpu" : "another""#)
        try Data(other.utf8).write(to: URL(filePath: file))
        let elsewhere = try gate("--baseline-file", file, "--candidate", Self.serve)
        #expect(elsewhere.exitCode == 0, "\(elsewhere.outputText)")
        #expect(try verdict().metrics.filter { $0.kind == .timing }.allSatisfy { $0.decision == .incomparable })
        let dearer = try gate("--baseline-file", file, "--candidate", "\(Self.serve) --inject-system-calls 2")
        #expect(dearer.exitCode == 2, "\(dearer.outputText)")

        let missing = try gate("--baseline-file", folder.file("none"), "--candidate", Self.serve)
        #expect(missing.exitCode == 4)
        #expect(missing.errorLines.count == 1)
    }

    @Test(
        "a revision against the working tree: both are named, and the history gets a line for a commit without changes",
        .enabled(if: BroadsideProgram.releasePath != nil, "counts are exact in optimized code only"))
    func revisions() throws {
        let repository = try ScratchRepository()
        let first = try repository.commit("one")
        let second = try repository.commit("two")
        let history = folder.file("history.jsonl")
        let arguments = [
            "BROADSIDE_GATE_CACHE=\(repository.cache)", Self.program, "gate", "--budget", "6s", "--timing", "show",
            "--output", verdictFile, "--history", history,
            "--baseline-ref", "HEAD~1", "--repository", repository.path, "--build", "test -f content", "--serve",
            Self.serve,
        ]
        let child = try ChildProcess.run("env", arguments, seconds: 60)
        #expect(child.exitCode == 0, "\(child.outputText)\(child.errorText)")
        #expect(try verdict().baseline.revision == first)
        #expect(try verdict().candidate.revision == second)
        #expect(try HistoryFile.read(history).map(\.commit) == [second])

        try repository.change()
        let changed = try ChildProcess.run("env", arguments, seconds: 60)
        #expect(changed.exitCode == 0, "\(changed.outputText)\(changed.errorText)")
        #expect(try verdict().candidate.revision == "\(second)-changed")
        #expect(try HistoryFile.read(history).count == 1)
    }

    @Test(
        "wrong usage is told in one line",
        arguments: [
            [], ["--baseline", "a {port}"], ["--baseline", "a {port}", "--candidate", "b"],
            ["--baseline-ref", "HEAD", "--candidate", "b {port}"],
            ["--baseline", "a {port}", "--candidate", "b {port}", "--build", "make"],
            ["--baseline", "a {port}", "--candidate", "b {port}", "--min-effect", "0"],
            ["--baseline", "a {port}", "--candidate", "b {port}", "--budget", "1s"],
            ["--baseline", "a {port}", "--candidate", "b {port}", "--decide", "speed"],
            ["--record", "--candidate", "b {port}"], ["--self-test", "--kind", "nonsense"],
        ])
    func usage(arguments: [String]) throws {
        let child = try ChildProcess.run(Self.program, ["gate"] + arguments)
        #expect(child.exitCode == 64)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
    }

    @Test("a revision that does not exist is named")
    func unknownRevision() throws {
        let child = try gate("--baseline-ref", "no-such-revision", "--repository", folder.path)
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1)
        #expect(child.errorText.contains("git"))
    }

    private static let lossyRelay = """
        import asyncio, sys, websockets
        clients, count = set(), 0
        async def serve(socket, path=None):
            global count
            clients.add(socket)
            try:
                async for message in socket:
                    count += 1
                    for client in list(clients):
                        if count % 300 or client is socket: await client.send(message)
            finally: clients.discard(socket)
        async def main():
            async with websockets.serve(serve, "127.0.0.1", int(sys.argv[1])): await asyncio.Future()
        asyncio.run(main())
        """
}
