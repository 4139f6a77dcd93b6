import FoundationEssentials
import Glibc
import Recording
import Testing

@Suite("broadside profile", .serialized)
struct ProfileCommandTests {
    private struct Profile: Decodable {
        struct Costs: Decodable {
            let cpuNanoseconds: Double?
            let kernelEntries: Double?
            let sends: Double?
            let allocations: Double?
        }

        struct Batching: Decodable {
            let framesPerSend: Double?
            let bytesPerSend: Double?
            let stoppedSends: Int
        }

        struct Loop: Decodable {
            let broadcasts: Int
            let roundDeliveries: Int
            let rounds: Int
        }

        struct Distribution: Decodable {
            let name: String
            let count: Int
        }

        struct SystemCalls: Decodable {
            let outside: Int
            let reported: Int?
        }

        let schema: String
        let serverPid: Int32?
        let messages: Int
        let deliveries: Int
        let perMessage: Costs?
        let perDelivery: Costs?
        let batching: Batching?
        let stages: [Distribution]
        let queues: [Distribution]
        let systemCalls: SystemCalls?
        let loops: [Loop]
        let histograms: [String: String]
        let notes: [String]
    }

    private static let short = ["--duration", "300ms", "--warmup", "100ms"]

    private func profile(_ arguments: [String]) throws -> (profile: Profile, child: ChildProcess) {
        let child = try BroadsideProgram.run(["profile", "--format", "json"] + arguments)
        // On a busy machine the generator may find itself hindered (5), which its figures here do not mind.
        #expect([0, 5].contains(child.exitCode), "\(child.errorText)")
        #expect(child.errorText.isEmpty)
        let profile = try JSONDecoder().decode(Profile.self, from: Data(child.outputBytes))
        #expect(profile.schema == "broadside.profile/1")
        return (profile, child)
    }

    @Test("a server of its own: counters, books and costs agree", arguments: Drivers.available)
    func own(io: String) throws {
        let clients = 20
        let (profile, _) = try profile(
            ["--clients", "\(clients)", "--in-flight", "4", "--message-bytes", "64", "--io", io] + Self.short)
        #expect(profile.messages > 0)
        // A turn accepts a message and queues its sends: no report lies between.
        #expect(profile.deliveries == profile.messages * clients)
        let batching = try #require(profile.batching)
        let perMessage = try #require(profile.perMessage)
        let sends = try #require(perMessage.sends) * Double(profile.messages)
        #expect(sends <= Double(profile.deliveries))
        let framesPerSend = try #require(batching.framesPerSend)
        #expect(framesPerSend >= 1)
        #expect(framesPerSend <= 4)
        // A frame is 66 bytes: what goes out is whole frames.
        #expect(abs(try #require(batching.bytesPerSend) - framesPerSend * 66) < 0.001)
        let entries = try #require(perMessage.kernelEntries)
        #expect(entries > 0)
        // With epoll each send is a call of its own; with io_uring a round of them is one.
        if io == "epoll" {
            #expect(entries >= (perMessage.sends ?? 0))
        } else {
            #expect(entries < (perMessage.sends ?? 0))
        }
        #expect(try #require(profile.perDelivery?.cpuNanoseconds) > 0)
        let loop = try #require(profile.loops.first)
        #expect(profile.loops.count == 1)
        #expect(loop.broadcasts == profile.messages)
        #expect(loop.roundDeliveries == loop.broadcasts * clients)
        let rounds = try LatencyHistogram.decodedV2(#require(profile.histograms["framesPerRound"]))
        #expect(rounds.count == UInt64(loop.rounds))
        #expect(profile.stages.map(\.name).first == "parsingNanoseconds")
        #expect(profile.stages.first.map { (1...loop.broadcasts).contains($0.count) } == true)
    }

    @Test(
        "a delivery allocates nothing: allocations do not grow with the clients",
        .enabled(if: Allocator.threadAllocatedBytes() != nil, "built without jemalloc"))
    func allocations() throws {
        let perMessage = try [10, 100].map { clients in
            let (profile, _) = try profile(["--clients", "\(clients)", "--in-flight", "1"] + Self.short)
            return try #require(profile.perMessage?.allocations)
        }
        // Were it one a delivery, there would be 90 more a message.
        #expect(perMessage[1] < perMessage[0] + 9)
    }

    @Test("a server that was there before is found by its port and reports as well")
    func running() throws {
        let server = try TestServer("--relay", "--threads", "2", "--log-level", "error")
        defer { server.process.kill() }
        let (profile, _) = try profile([server.url("/relay"), "--clients", "10", "--rate", "200"] + Self.short)
        #expect(profile.serverPid == server.process.pid)
        #expect(profile.loops.count == 2)
        #expect(abs(profile.deliveries - 10 * profile.messages) <= 10 * 10)
        #expect(server.process.isRunning)
    }

    @Test("the system calls of the server's own count are those that perf sees")
    func systemCalls() throws {
        let (profile, _) = try profile(["--clients", "10", "--in-flight", "2"] + Self.short)
        // Without perf and strace, or where the kernel refuses them, there is nothing to compare with, and a note.
        guard let calls = profile.systemCalls, !profile.notes.contains(where: { $0.hasPrefix("strace") }) else {
            #expect(!profile.notes.isEmpty)
            return
        }
        let reported = try #require(calls.reported)
        // The allocator, the log and timers may ask the kernel for something besides.
        #expect(Double(abs(calls.outside - reported)) <= 0.02 * Double(calls.outside) + 20)
    }

    @Test("--output leaves the result, and the flame graph where there is one")
    func output() throws {
        let folder = try ScratchFolder()
        let child = try BroadsideProgram.run(
            ["profile", "--clients", "5", "--in-flight", "2", "--output", folder.path] + Self.short)
        #expect([0, 5].contains(child.exitCode), "\(child.errorText)")
        #expect(child.outputText.hasPrefix("profile of ws://127.0.0.1:"))
        #expect(child.outputText.contains("verdict     "))
        #expect(access(folder.file("profile.json"), R_OK) == 0)
        let hasGraph = child.outputText.contains("flame graph in \(folder.path)/flamegraph.svg")
        #expect((access(folder.file("flamegraph.svg"), R_OK) == 0) == hasGraph)
        #expect((access(folder.file("stacks.folded"), R_OK) == 0) == hasGraph)
    }

    @Test("an interrupted profile says so and ends with 1")
    func interrupted() throws {
        let child = try BroadsideProgram.start(
            ["profile", "--clients", "5", "--duration", "60s", "--warmup", "0s", "--format", "json"])
        // Its server has to be there, and clients connected, for the signal to find a run.
        #expect(Deadline.reaches(within: 20) { ProcessFigures(pid: child.pid).processes().count > 1 })
        sleep(3)
        child.signal(SIGINT)
        #expect(child.wait() == 1)
        #expect(child.outputText.contains("\"interrupted\" : true"))
    }
}
