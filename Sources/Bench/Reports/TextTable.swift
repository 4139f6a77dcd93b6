/// Rows of cells under headings: aligned for a terminal, or as Markdown for a code host.
struct TextTable {
    enum Alignment { case left, right }

    struct Column {
        let heading: String
        let alignment: Alignment

        init(_ heading: String, _ alignment: Alignment = .right) {
            self.heading = heading
            self.alignment = alignment
        }
    }

    let columns: [Column]
    /// Each with a cell for every column.
    var rows: [[String]] = []

    /// The headings, a rule, and a line for each row.
    func lines() -> [String] {
        let widths = columns.indices.map { column in
            rows.reduce(columns[column].heading.count) { max($0, $1[column].count) }
        }
        let rule = widths.map { String(repeating: "-", count: $0) }
        return [aligned(columns.map(\.heading), widths), aligned(rule, widths)] + rows.map { aligned($0, widths) }
    }

    func markdownLines() -> [String] {
        let rule = columns.map { $0.alignment == .left ? "---" : "---:" }.joined(separator: "|")
        return [markdown(columns.map(\.heading)), "|\(rule)|"] + rows.map(markdown)
    }

    private func aligned(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for ((cell, width), column) in zip(zip(cells, widths), columns) {
            let padding = String(repeating: " ", count: width - cell.count)
            line += (column.alignment == .left ? cell + padding : padding + cell) + "  "
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    private func markdown(_ cells: [String]) -> String {
        let escaped = cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }
        return "| " + escaped.joined(separator: " | ") + " |"
    }
}
