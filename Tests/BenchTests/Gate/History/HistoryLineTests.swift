import Testing

@testable import Bench

@Suite("HistoryLine")
struct HistoryLineTests {
    @Test("says of a commit what its gate said")
    func contents() throws {
        let line = try #require(HistoryLine(SyntheticHistory.result(count: (100, 102))))
        #expect(line.commit == "c1")
        #expect(line.baselineCommit == "c0")
        #expect(line.at == "2026-11-01T12:00:00.000Z")
        #expect(line.verdict == .regression)
        #expect(line.budgetNanoseconds == 90_000_000_000)
        #expect(line.machine == HistoryLine.Machine(cpu: "Example 9000", cores: 2, kernel: "Linux 6.18.5"))
        #expect(line.metrics.map(\.name) == ["cpu", "sends"])
        let error = try #require(line.metrics[0].standardError)
        #expect(abs(error - 0.004_082_5) < 1e-6)
        #expect(line.metrics[1].standardError == nil)
        #expect(line.metrics[1].candidate == 102)
        #expect(line.metrics[1].changePercent == 2)
    }

    @Test("what says nothing about a commit is no line")
    func none() {
        #expect(HistoryLine(SyntheticHistory.result(commit: nil)) == nil)
        var interrupted = SyntheticHistory.result()
        interrupted.interrupted = true
        #expect(HistoryLine(interrupted) == nil)
        var invalid = SyntheticHistory.result()
        invalid.verdict = .invalid
        #expect(HistoryLine(invalid) == nil)
    }

    @Test("is one line of JSON and reads back")
    func coding() throws {
        let line = try #require(HistoryLine(SyntheticHistory.result(baseline: nil)))
        let bytes = try JSONLine.encoded(line)
        #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""baselineCommit":null"#))
        #expect(try HistoryFile.parse(bytes, path: "h") == [line])
    }

    @Test("names commits and times shortly")
    func short() throws {
        let id = "0123456789abcdef0123456789abcdef01234567"
        let line = try #require(HistoryLine(SyntheticHistory.result(commit: id)))
        #expect(line.shortCommit == "0123456789")
        #expect(line.shortDate == "2026-11-01 12:00")
        #expect(HistoryLine(SyntheticHistory.result(commit: "v1\n\u{1B}[2J"))?.shortCommit == "v1  [2J")
    }
}
