import Foundation
import Testing

@testable import Bench

@Suite("A self-test's file")
struct SelfTestFileTests {
    /// Gone with this object.
    private final class ScratchFile {
        let path = FileManager.default.temporaryDirectory.appending(path: "broadside-\(UUID().uuidString)").path

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ text: String) throws { try text.write(toFile: path, atomically: true, encoding: .utf8) }
    }

    private static let record = SampleSelfTest.record(.dearer5, .inconclusive, change: 4.5)

    @Test("a run is one line and is read again, all of it")
    func line() throws {
        let line = try Self.record.line()
        #expect(line.last == UInt8(ascii: "\n"))
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
        let (records, badLine) = JSONLine.decoded(SelfTestRecord.self, line + line)
        #expect(records == [Self.record, Self.record])
        #expect(badLine == nil)
    }

    @Test("of a run there is what decided, and reasons only where it came out other than wanted")
    func record() {
        #expect(Self.record.gate == GateCode.digest)
        #expect(Self.record.reasons == ["because"])
        #expect(Array(Self.record.metrics.keys) == ["cpu.inFlight1"])
        #expect(Self.record.metrics["cpu.inFlight1"]?.changePercent == 4.5)
        #expect(Self.record.pairs == 100)
        #expect(Self.record.pairsSetAside == 5)
        #expect(Self.record.seed == 42)
        #expect(Self.record.cpu == "Example 9000")
        #expect(SampleSelfTest.record(.dearer5, .regression).reasons.isEmpty)
    }

    @Test(
        "the first line that is none is told by its number; empty ones count as lines and are none",
        arguments: [("1\n2\n", nil), ("1\n\n2", nil), ("x\n", 1), ("1\n\n\nx\n2\n", 4), ("1\n2\n3", nil), ("", nil)]
            as [(String, Int?)])
    func badLine(text: String, expected: Int?) {
        #expect(JSONLine.decoded(Int.self, Array(text.utf8)).badLine == expected)
    }

    @Test("what stands before a bad line is kept")
    func beforeBadLine() {
        #expect(JSONLine.decoded(Int.self, Array("1\n2\nx\n3\n".utf8)).values == [1, 2])
    }

    @Test("runs are added at the end, over sessions; a file that is not there is empty")
    func append() throws {
        let file = ScratchFile()
        #expect(try SelfTestFile.read(file.path).isEmpty)
        for _ in 0..<2 { try SelfTestFile.append(Self.record, to: file.path) }
        #expect(try SelfTestFile.read(file.path) == [Self.record, Self.record])
    }

    @Test("runs of other code stay in the file and do not count")
    func otherCode() throws {
        let file = ScratchFile()
        var other = Self.record
        other.gate = "0123456789abcdef"
        try SelfTestFile.append(other, to: file.path)
        try SelfTestFile.append(Self.record, to: file.path)
        #expect(try SelfTestFile.read(file.path) == [Self.record])
        #expect(try String(contentsOfFile: file.path, encoding: .utf8).contains("0123456789abcdef"))
    }

    @Test("a file of something else is refused in a line that says where")
    func refused() throws {
        let file = ScratchFile()
        try file.write("\n{\"schema\":\"broadside.gate/1\"}\n")
        let error = try #require(throws: SelfTestFailure.self) { try SelfTestFile.read(file.path) }
        #expect(error.description == "\(file.path), line 2: expected a run of a self-test")
    }
}
