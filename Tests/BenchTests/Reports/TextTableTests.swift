import Testing

@testable import Bench

@Suite("TextTable")
struct TextTableTests {
    private let table = TextTable(
        columns: [.init("arm", .left), .init("ratio"), .init("note", .left)],
        rows: [["ours", "1", ""], ["µWebSockets", "0.823", "a|b"]])

    @Test("columns are as wide as their widest cell, and no line ends in spaces")
    func lines() {
        #expect(
            table.lines() == [
                "arm          ratio  note",
                "-----------  -----  ----",
                "ours             1",
                "µWebSockets  0.823  a|b",
            ])
    }

    @Test("Markdown keeps the alignment and escapes what would be a column")
    func markdown() {
        #expect(
            table.markdownLines() == [
                "| arm | ratio | note |", "|---|---:|---|", "| ours | 1 |  |", "| µWebSockets | 0.823 | a\\|b |",
            ])
    }
}
