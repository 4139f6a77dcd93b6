/// A page of HTML that needs nothing else: no scripts, and no styles, fonts or images from elsewhere.
enum HTMLPage {
    /// - Parameter body: markup of what is below the heading.
    static func text(title: String, body: [String]) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(XMLText.escaped(title))</title>
        <style>
        \(style)
        </style>
        </head>
        <body>
        <h1>\(XMLText.escaped(title))</h1>
        \(body.joined(separator: "\n"))
        </body>
        </html>

        """
    }

    static func paragraph(_ text: String) -> String { "<p>\(XMLText.escaped(text))</p>" }

    /// Nothing for no lines.
    static func list(_ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["<ul>"] + lines.map { "<li>\(XMLText.escaped($0))</li>" } + ["</ul>"]
    }

    static func heading(_ text: String) -> String { "<h2>\(XMLText.escaped(text))</h2>" }

    /// - Parameter rowClasses: of each row; none for all where empty.
    static func table(_ table: TextTable, rowClasses: [String] = []) -> [String] {
        let row = { (cells: [String], element: String, rowClass: String) in
            let cells = zip(cells, table.columns).map { cell, column in
                let attribute = column.alignment == .right ? " class=\"right\"" : ""
                return "<\(element)\(attribute)>\(XMLText.escaped(cell))</\(element)>"
            }
            return "<tr\(rowClass.isEmpty ? "" : " class=\"\(rowClass)\"")>\(cells.joined())</tr>"
        }
        let rows = table.rows.enumerated().map { number, cells in
            row(cells, "td", rowClasses.indices.contains(number) ? rowClasses[number] : "")
        }
        return [
            "<div class=\"wide\"><table>", "<thead>", row(table.columns.map(\.heading), "th", ""), "</thead>",
            "<tbody>",
        ]
            + rows + ["</tbody>", "</table></div>"]
    }

    private static let style = """
        :root {
          --page: #ffffff; --card: #ffffff; --text: #1f2328; --soft: #656d76; --line: #d8dee4; --grid: #eaeef2;
          --trend: #6e7781; --band: #6e778124; --pass: #2f6fd0; --improvement: #1a7f37; --regression: #d1242f;
          --open: #9a6700; --step: #8250df;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #0d1117; --card: #151b23; --text: #e6edf3; --soft: #9198a1; --line: #3d444d; --grid: #262c36;
            --trend: #9198a1; --band: #9198a12b; --pass: #539bf5; --improvement: #3fb950; --regression: #ff6b63;
            --open: #d9a62e; --step: #b78bff;
          }
        }
        body { margin: 0 auto; max-width: 1320px; padding: 24px; background: var(--page); color: var(--text);
          font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif }
        h1 { font-size: 24px; margin: 0 0 8px }
        h2 { font-size: 18px; margin: 32px 0 8px }
        p, ul { margin: 8px 0; max-width: 90ch }
        .soft { color: var(--soft) }
        .wide { overflow-x: auto }
        table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums }
        th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--grid); text-align: left; white-space: nowrap }
        th { border-bottom: 1px solid var(--line); font-weight: 600 }
        .right { text-align: right }
        tr.regression td, b.regression, b.invalid { color: var(--regression) }
        tr.improvement td, b.improvement { color: var(--improvement) }
        tr.inconclusive td, tr.incomparable td, b.inconclusive, b.incomparable { color: var(--open) }
        b.pass { color: var(--pass) }
        .plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(600px, 100%), 1fr)); gap: 16px }
        figure { margin: 0; padding: 12px 12px 4px; border: 1px solid var(--line); border-radius: 8px;
          background: var(--card) }
        figcaption { font-weight: 600; font-size: 14px }
        figcaption span { font-weight: 400; color: var(--soft) }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 13px; color: var(--soft); margin: 12px 0 }
        .legend svg { width: 14px; height: 14px; vertical-align: -2px; margin-right: 6px }
        svg text { font: 11px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: var(--soft) }
        svg.plot { display: block; width: 100%; height: auto }
        .grid { stroke: var(--grid); stroke-width: 1 }
        .reference { stroke: var(--line); stroke-width: 1.5 }
        .trend { fill: none; stroke: var(--trend); stroke-width: 1.25; opacity: 0.7 }
        .band { fill: var(--band); stroke: none }
        .step line { stroke: var(--step); stroke-width: 1.5; stroke-dasharray: 4 3 }
        .step text { fill: var(--step); font-weight: 600 }
        .whisker { stroke-width: 1; opacity: 0.55 }
        .mark { stroke-width: 1.5 }
        .point:hover .mark { stroke: var(--text) }
        .pass { fill: var(--pass); stroke: var(--pass) }
        .improvement { fill: var(--improvement); stroke: var(--improvement) }
        .regression { fill: var(--regression); stroke: var(--regression) }
        .inconclusive { fill: var(--card); stroke: var(--open) }
        .incomparable { fill: var(--card); stroke: var(--open) }
        .undecided { fill: var(--card); stroke: var(--soft) }
        """
}
