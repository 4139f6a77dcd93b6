import ArgumentParser
import Bench
import Recording
import Transport

/// `broadside report`.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Show verdicts and histories of a gate, or write them in other forms.",
        discussion: "Without options it prints. Ends with 0 whatever the verdict is.")

    @Argument(help: "A gate's verdict (verdict.json) or a history of commits; told apart by content.")
    var result: [String] = []

    @Option(help: "File for a page that needs nothing else.")
    var html: String?

    @Option(help: "File for Markdown.")
    var markdown: String?

    @Option(help: "File for JUnit XML; of verdicts.")
    var junit: String?

    @Option(help: "File for comma-separated values: a line a metric, in a history a line a commit and metric.")
    var csv: String?

    func run() throws {
        guard !result.isEmpty else { throw ValidationError("expected a gate's verdict or a history") }
        let report = Report(
            try failing {
                try result.map { path in try ReportInput(parsing: InputFile.read(path), path: path) }
            })
        if junit != nil, report.hasHistory {
            throw ValidationError("--junit: expected verdicts only, found a history")
        }
        if csv != nil, report.isMixed {
            throw ValidationError("--csv: expected verdicts or histories, found both")
        }
        let files: [(path: String?, text: () -> String)] = [
            (html, report.html), (markdown, report.markdown), (junit, report.junit), (csv, report.commaSeparated),
        ]
        let wanted = files.compactMap { file in file.path.map { (path: $0, text: file.text) } }
        guard !wanted.isEmpty else { return Console.print(report.text()) }
        try failing {
            for file in wanted { try OutputFile.write(Array(file.text().utf8), to: file.path) }
        }
        Console.print("written to \(wanted.map(\.path).joined(separator: ", "))\n")
    }
}
