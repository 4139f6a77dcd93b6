/// What `broadside report` writes: one document about all files that it was given.
package struct Report {
    private let inputs: [ReportInput]

    package init(_ inputs: [ReportInput]) { self.inputs = inputs }

    package var hasHistory: Bool { !histories.isEmpty }
    /// Whether there are verdicts and histories: as comma-separated values they have different columns.
    package var isMixed: Bool { hasHistory && histories.count < inputs.count }

    package func text() -> String {
        inputs.map { input in
            switch input {
            case .verdict(let result): GateReport(result).text()
            case .history(let lines): HistoryReport(lines).text()
            }
        }.joined(separator: "\n")
    }

    package func markdown() -> String {
        inputs.map { input in
            switch input {
            case .verdict(let result): GateReport(result).markdown()
            case .history(let lines): HistoryReport(lines).markdown()
            }
        }.joined(separator: "\n")
    }

    package func html() -> String {
        guard inputs.count == 1, let input = inputs.first else {
            return HTMLPage.text(title: "Broadside: report", body: inputs.flatMap(Self.section))
        }
        return switch input {
        case .verdict(let result): GateReport(result).html()
        case .history(let lines): HistoryReport(lines).html()
        }
    }

    /// Of verdicts. Whether what is inconclusive may pass does not stand in them, so it does not.
    package func junit() -> String { JUnitReport.xml(verdicts.map { JUnitReport($0, inconclusivePasses: false) }) }

    /// Of verdicts or of histories.
    package func commaSeparated() -> String {
        hasHistory
            ? HistoryReport.commaSeparated(histories.map(HistoryReport.init)) : GateReport.commaSeparated(verdicts)
    }

    private var verdicts: [GateResult] {
        inputs.compactMap { if case .verdict(let result) = $0 { result } else { nil } }
    }

    private var histories: [[HistoryLine]] {
        inputs.compactMap { if case .history(let lines) = $0 { lines } else { nil } }
    }

    private static func section(_ input: ReportInput) -> [String] {
        switch input {
        case .verdict(let result): GateReport(result).section()
        case .history(let lines): HistoryReport(lines).section()
        }
    }
}
