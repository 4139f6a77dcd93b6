import Testing

@testable import Bench

@Suite("ReportInput and Report")
struct ReportInputTests {
    private func failure(_ text: String) -> String? {
        do {
            _ = try ReportInput(parsing: Array(text.utf8), path: "f")
            return nil
        } catch {
            return String(describing: error)
        }
    }

    private func verdict() throws -> ReportInput {
        var result = SyntheticHistory.result()
        result.candidate.command = "<b>&|\"*"
        return try ReportInput(parsing: result.encoded(), path: "f")
    }

    private func history(_ commits: Int) throws -> ReportInput {
        try ReportInput(
            parsing: SyntheticHistory.noisy(commits, seed: 1).flatMap { try JSONLine.encoded($0) }, path: "f")
    }

    @Test("verdicts and histories are told apart by content", arguments: [1, 3])
    func kinds(commits: Int) throws {
        guard case .verdict = try verdict() else { return #expect(Bool(false)) }
        guard case .history(let lines) = try history(commits) else { return #expect(Bool(false)) }
        #expect(lines.count == commits)
        #expect(Report([try verdict(), try history(1)]).isMixed)
        #expect(!Report([try history(1)]).isMixed)
    }

    @Test(
        "anything else is said to be so in one line",
        arguments: [
            (#"{"schema":"broadside.run/1"}"#, "found one of schema broadside.run/1"),
            ("{\n\"schema\": \"broadside.comparison/1\"\n}", "found one of schema broadside.comparison/1"),
            (#"{"suite":"full"}"#, "found something else"), ("", "found something else"), ("x", "found something else"),
            (#"{"schema":"broadside.gate/1"}"#, "f: a damaged verdict"),
            ("x\n{\"schema\":\"broadside.history/1\"}", "f, line 1: expected a commit"),
            ("{\"schema\":\"a\\nb\"}", "found one of schema a b"),
        ])
    func others(text: String, words: String) throws {
        let message = try #require(failure(text))
        #expect(message.contains(words))
        #expect(!message.contains("\n"))
    }

    @Test("a verdict's page and Markdown hold nothing but what they say")
    func verdictPage() throws {
        let report = Report([try verdict()])
        #expect(report.html().contains("&lt;b&gt;&amp;|&quot;*"))
        #expect(!report.html().contains("<b>"))
        #expect(report.markdown().contains("&lt;b&gt;&amp;|\"\\*"))
        #expect(report.commaSeparated().hasPrefix("metric,kind,better,unit,deciding,baseline,"))
        #expect(report.commaSeparated().split(separator: "\r\n").count == 3)
    }

    @Test("several verdicts are one document")
    func several() throws {
        let report = Report([try verdict(), try verdict()])
        let xml = report.junit()
        #expect(xml.matches(of: #/<testsuite /#).count == 2)
        #expect(xml.matches(of: /<testsuites>/).count == 1)
        #expect(report.html().matches(of: /<h1>/).count == 1)
        #expect(report.commaSeparated().split(separator: "\r\n").count == 5)
    }
}
