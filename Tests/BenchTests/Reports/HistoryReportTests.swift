import Foundation
import Testing

@testable import Bench

@Suite("HistoryReport")
struct HistoryReportTests {
    private let hostile = "<b a=\"x\">&|,'\n`*"

    private func hostileLines() -> [HistoryLine] {
        var lines = SyntheticHistory.lines([[0, 0.01, 0.02, 0.01], [0, 0.01, 0.02, 0.01]], counts: [100, 101])
        for number in lines.indices {
            lines[number].commit = hostile
            lines[number].at = hostile
            lines[number].metrics[0].name = hostile
            lines[number].metrics[1].unit = hostile
        }
        return lines
    }

    @Test("the terminal's report")
    func text() {
        let lines = SyntheticHistory.lines(
            [[0, 0.01, 0.02, 0.01], [0.1, 0.11, 0.12, 0.11]], counts: [100, 101])
        #expect(
            HistoryReport(lines).text() == """
                2 commits, 2026-11-01 12:00 to 2026-11-02 12:00: 1 pass, 1 regression

                commit  date              verdict         cpu  sends
                ------  ----------------  ----------  -------  -----
                c1      2026-11-01 12:00  pass         +1.0 %      0
                c2      2026-11-02 12:00  regression  +11.6 %   ◆ +1

                ◆ sends: +1 (worse) from c2 on, 2026-11-02 12:00

                """)
    }

    @Test("counts that never change are a line, not a column")
    func constant() {
        let text = HistoryReport(SyntheticHistory.noisy(3, seed: 1)).text()
        #expect(text.contains("the same for every commit: sends"))
        #expect(text.contains("no metric went over to a new level"))
    }

    @Test("Markdown holds nothing but what it says")
    func markdown() {
        let markdown = HistoryReport(hostileLines()).markdown()
        #expect(markdown.contains("| &lt;b a=\"x\"&gt;&amp;\\|,' \\`\\* |"))
        #expect(!markdown.contains("<b"))
    }

    @Test("the page is whole, needs nothing and shows a step")
    func page() throws {
        let html = HistoryReport(SyntheticHistory.noisy(40, seed: 2, changes: [22: 0.06])).html()
        #expect(html.matches(of: #/<g class="step"><title>\+\d\.\d % c23, /#).count == 1)
        #expect(html.matches(of: /<g class="point">/).count == 80)
        #expect(html.contains("prefers-color-scheme: dark"))
        for word in ["<script", "http:", "https:", "url(", "@import"] { #expect(!html.contains(word)) }
    }

    @Test("nothing in a history becomes markup")
    func escaped() throws {
        let html = HistoryReport(hostileLines()).html()
        #expect(!html.contains("<b a"))
        #expect(html.contains("&lt;b a=&quot;x&quot;&gt;&amp;|"))
    }

    @Test("a record a commit and metric")
    func commaSeparated() {
        let records = HistoryReport(hostileLines()).commaSeparated().components(separatedBy: "\r\n")
        #expect(records.count == 6)
        #expect(records[0].hasPrefix("commit,baselineCommit,at,verdict,metric,"))
        #expect(records[1].hasPrefix("\"<b a=\"\"x\"\">&|,'\n`*\",c0,\"<b"))
        #expect(records[4].hasSuffix("101.0,1.0,1.0,1.0,regression,101.0,1.0"))
    }

    @Test("a history without commits is one too")
    func empty() {
        #expect(HistoryReport([]).text().hasPrefix("no commits"))
        #expect(HistoryReport([]).html().contains("no commits"))
        #expect(HistoryReport(SyntheticHistory.noisy(1, seed: 1)).html().contains("<svg"))
    }
}
