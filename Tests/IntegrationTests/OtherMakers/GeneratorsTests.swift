import Foundation
import Testing

@Suite("The load generators that ours is compared with")
struct GeneratorsTests {
    /// What every one of them prints, as far as it is of interest here.
    private struct Figures: Decodable {
        let messages: Int
        let deliveries: Int
        let cpuNanoseconds: Double
        let missing: Int
    }

    private static let folder = Peers.root + "/peers/generators"
    private static let bareLoad = folder + "/.build/bare_load"
    private static let absence: Comment = "the bare client is not built: make -C peers/generators"

    private static var isBareLoadBuilt: Bool { FileManager.default.isExecutableFile(atPath: bareLoad) }

    @Test(
        "the bare client receives all that it publishes", .enabled(if: isBareLoadBuilt, absence),
        arguments: ["1", "16", "200/s"], [64, 126, 70_000])
    func receivesAll(pace: String, messageBytes: Int) throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let child = try ChildProcess.run(
            Self.bareLoad, ["\(server.port)", "/relay", "10", "\(messageBytes)", pace, "0", "1"])
        #expect(child.exitCode == 0, "\(child.errorText)")
        let figures = try JSONDecoder().decode(Figures.self, from: Data(child.outputBytes))
        #expect(figures.messages > 0)
        #expect(figures.deliveries > 0)
        #expect(figures.missing == 0)
        #expect(figures.cpuNanoseconds > 0)
    }

    @Test(
        "the bare client refuses what it cannot do: exit 64 and one line", .enabled(if: isBareLoadBuilt, absence),
        arguments: [
            ["0", "/relay", "1", "64", "1", "0", "1"], ["1", "/relay", "0", "64", "1", "0", "1"],
            ["1", "/relay", "1", "64", "x", "0", "1"], ["1", "/relay"],
        ])
    func usage(arguments: [String]) throws {
        let child = try ChildProcess.run(Self.bareLoad, arguments)
        #expect(child.exitCode == 64)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
    }

    /// Two rounds, the second of which was disturbed and lost something.
    private static let runs = """
        {"generator":"broadside","load":"100:64:1","round":1,"userSeconds":0.5,"systemSeconds":1.5,"result":{"schema":\
        "broadside.run/1","durationNanoseconds":1000000000,"deliveries":{"received":200000,"lost":0},"generator":{\
        "cpuNanosecondsPerDelivery":4000.0,"waitingFraction":0.0}}}
        {"generator":"bare-c","load":"100:64:1","round":1,"userSeconds":0.1,"systemSeconds":0.9,"result":{\
        "messages":2000,"deliveries":200000,"elapsedNanoseconds":1000000000,"cpuNanoseconds":800000000,"missing":0}}
        {"generator":"broadside","load":"100:64:1","round":2,"userSeconds":0.5,"systemSeconds":1.5,"result":{"schema":\
        "broadside.run/1","durationNanoseconds":1000000000,"deliveries":{"received":200000,"lost":3},"generator":{\
        "cpuNanosecondsPerDelivery":6000.0,"waitingFraction":0.1}}}
        {"generator":"bare-c","load":"100:64:1","round":2,"userSeconds":0.1,"systemSeconds":0.2,"result":{\
        "messages":2000,"deliveries":200000,"elapsedNanoseconds":1000000000,"cpuNanoseconds":900000000,"missing":0}}

        """

    @Test("the table has medians, ratios within a round, and what went wrong")
    func table() throws {
        let scratch = try ScratchFolder()
        let file = scratch.file("runs.jsonl")
        try Data(Self.runs.utf8).write(to: URL(filePath: file))
        let child = try ChildProcess.run("python3", [Self.folder + "/table.py", file, "0123456789", "2026-01-01"])
        withExtendedLifetime(scratch) {}
        #expect(child.exitCode == 1, "something got lost")
        let lines = child.outputText.split(separator: "\n")
        #expect(lines.contains("## 100 clients, 64 B, 1 in flight"))
        #expect(
            lines.contains {
                $0.hasPrefix("| bare-c | 4,250 ns | 0.88 (0.75–1.00) | 950 ns | 200 k/s | nothing: counts frames |")
            })
        #expect(lines.contains { $0.hasPrefix("| broadside | 5,000 ns | 1 | 1,250 ns | 200 k/s | ") })
        #expect(lines.contains("- broadside missed 3 deliveries"))
        #expect(lines.contains { $0.hasPrefix("- broadside had to wait for a core") })
        #expect(lines.contains { $0.hasPrefix("- bare-c reports more processor time than its process has used") })
    }
}
