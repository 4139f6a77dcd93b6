import Bench
import FoundationEssentials
import Glibc
import Testing

@Suite("broadside compare")
struct CompareTests {
    private static let serve = "\(BroadsideProgram.path) serve --relay --port {port} --threads 1 --log-level critical"
    private static let quick = ["--sets", "2", "--slices", "3", "--slice", "5ms"]

    /// A relay that ends by itself some time after its start.
    private static func mortal(_ seconds: Double) -> String { "timeout -s KILL \(seconds) \(serve)" }

    @Test("two servers are measured in slices, every delivery accounted for, and set beside one another")
    func twoArms() throws {
        let folder = try ScratchFolder()
        let json = folder.file("result.json")
        let markdown = folder.file("result.md")
        let child = try BroadsideProgram.run(
            [
                "compare", "--arm", "one=\(Self.serve)", "--arm", "other@/relay=\(Self.serve) --io epoll",
                "--load", "10:64:4", "--load", "5:20k:1", "--output", json, "--markdown", markdown,
            ] + Self.quick)
        // On a busy machine slices are set aside, which says nothing about the program.
        #expect(child.exitCode == 0 || child.exitCode == 3, "\(child.errorText)")
        let result = try ComparisonResult.decode(Array(Data(contentsOf: URL(filePath: json))))
        #expect(result.comparison.arms.map(\.name) == ["one", "other"])
        #expect(result.comparison.sets.count == 4)
        for set in result.comparison.sets {
            #expect(set.slices.count == 6)
            #expect(Set(set.slices.map { [$0.block, $0.arm] }).count == 6)
            for slice in set.slices {
                #expect(slice.messages > 0)
                #expect(slice.deliveries == slice.messages * set.load.clients)
                #expect(slice.faults == 0)
                #expect(slice.serverCPUNanoseconds > 0)
                #expect(slice.reads > 0)
                #expect(slice.elapsedNanoseconds > 0)
            }
        }
        #expect(child.outputText.contains("10 clients, 64 B, 4 in flight"))
        let written = String(decoding: try Data(contentsOf: URL(filePath: markdown)), as: UTF8.self)
        #expect(written.contains("| other |"))
    }

    @Test("an arm that cannot be started is named in one line")
    func neverReady() throws {
        let child = try BroadsideProgram.run(
            ["compare", "--arm", "good=\(Self.serve)", "--arm", "bad=false {port}"] + Self.quick)
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.errorText.contains("'bad'"))
    }

    @Test("an arm that does not accept in time is named in one line")
    func notInTime() throws {
        let child = try BroadsideProgram.run(
            [
                "compare", "--arm", "idle=sleep 60{port}", "--arm", "idler=sleep 61{port}", "--ready-timeout", "300ms",
            ] + Self.quick)
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.errorText.contains("'idle"))
    }

    @Test("an arm that dies makes the comparison invalid, and is named")
    func dies() throws {
        let child = try BroadsideProgram.run(
            [
                "compare", "--arm", "good=\(Self.serve)", "--arm", "mortal=\(Self.mortal(8))", "--sets", "1",
                "--slices",
                "1000", "--slice", "5ms",
            ])
        #expect(child.exitCode == 5)
        #expect(child.errorText.contains("'mortal'"))
    }

    @Test("an interrupted comparison says so, ends with 1, and writes what it has")
    func interrupted() throws {
        let folder = try ScratchFolder()
        let output = folder.file("result.json")
        let child = try BroadsideProgram.start(
            [
                "compare", "--arm", "one=\(Self.serve)", "--arm", "two=\(Self.serve)", "--slices", "9999", "--progress",
                "on", "--output", output,
            ])
        // The first slices are under way.
        #expect(Deadline.reaches { child.errorText.contains("/10003") })
        child.signal(SIGINT)
        #expect(child.wait() == 1)
        #expect(child.outputText.contains("interrupted"))
        #expect(try ComparisonResult.decode(Array(Data(contentsOf: URL(filePath: output)))).comparison.interrupted)
    }
}
