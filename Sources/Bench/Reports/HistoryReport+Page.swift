/// The history as a page: a plot for each metric, then the table.
extension HistoryReport {
    package func html() -> String { HTMLPage.text(title: "Broadside: history", body: section()) }

    func section() -> [String] {
        let groups: [(heading: String, note: String, series: [HistorySeries])] = [
            (
                "Measured, deciding",
                "Each commit's change multiplies the index of its baseline; the first baseline is 100.",
                series.filter { $0.kind != .exact && $0.isDeciding }
            ),
            ("Counted", "For one broadcast to all clients.", series.filter { $0.kind == .exact }),
            (
                "Shown, not deciding", "An index, as above.",
                series.filter { $0.kind != .exact && !$0.isDeciding }
            ),
        ]
        return [HTMLPage.paragraph(summary)] + HTMLPage.list(remarks) + [Self.legend]
            + groups.filter { !$0.series.isEmpty }.flatMap { group in
                [HTMLPage.heading(group.heading), "<p class=\"soft\">\(XMLText.escaped(group.note))</p>"]
                    + ["<div class=\"plots\">"] + group.series.flatMap(figure) + ["</div>"]
            }
            + [HTMLPage.heading("Commits")]
            + HTMLPage.table(table, rowClasses: lines.map { $0.verdict == .pass ? "" : $0.verdict.rawValue })
    }

    private func figure(_ series: HistorySeries) -> [String] {
        let unit = series.kind == .exact ? series.unit : "index"
        return [
            "<figure><figcaption>\(XMLText.escaped(series.name)) "
                + "<span>\(XMLText.escaped(unit)), \(series.better.rawValue) is better</span></figcaption>"
        ] + HistoryPlot(series, lines).markup() + ["</figure>"]
    }

    private static let legend: String = {
        let entries: [(markup: String, text: String)] = [
            (HistoryPlot.mark(.pass, x: 7, y: 7, isUp: true), "pass"),
            (HistoryPlot.mark(.regression, x: 7, y: 7, isUp: true), "regression"),
            (HistoryPlot.mark(.improvement, x: 7, y: 7, isUp: false), "improvement"),
            (HistoryPlot.mark(.inconclusive, x: 7, y: 7, isUp: true), "inconclusive or incomparable"),
            (HistoryPlot.mark(.undecided, x: 7, y: 7, isUp: true), "only shown"),
            (#"<line class="whisker pass" x1="7" x2="7" y1="0" y2="14"/>"#, "interval of the commit's own change"),
            (#"<rect class="band" width="14" height="14"/>"#, "95 %, errors of all commits so far added up"),
            (#"<g class="step"><line x1="7" x2="7" y1="0" y2="14"/></g>"#, "a new level begins"),
        ]
        let items = entries.map { #"<span><svg viewBox="0 0 14 14">\#($0.markup)</svg>\#($0.text)</span>"# }
        return "<div class=\"legend\">\(items.joined())</div>"
    }()
}
