import Foundation
import Testing

@Suite("broadside report")
struct ReportTests {
    /// A commit of a history without metrics.
    private static let line =
        #"{"schema":"broadside.history/1","commit":"<c1>","at":"2026-11-01T12:00:00.000Z","verdict":"pass","#
        + #""budgetNanoseconds":1,"machine":{"cpu":"x","cores":2,"kernel":"y"},"metrics":[{"name":"sends","#
        + #""kind":"exact","better":"lower","unit":"sends a round","candidate":100,"changePercent":0,"low":0,"#
        + #""high":0,"decision":"pass","isDeciding":true}]}"# + "\n"

    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func file(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
        return folder.file(name)
    }

    @Test("a history is printed, or written in each form")
    func history() throws {
        let history = try file("h", Self.line)
        let printed = try BroadsideProgram.run(["report", history])
        #expect(printed.exitCode == 0)
        #expect(printed.outputText.hasPrefix("1 commit, 2026-11-01 12:00"))
        let forms = ["html": "<!DOCTYPE html>", "markdown": "## History", "csv": "commit,"]
        let options = forms.keys.sorted().flatMap { ["--\($0)", folder.file($0)] }
        let written = try BroadsideProgram.run(["report", history] + options)
        #expect(written.exitCode == 0)
        #expect(written.outputText.hasPrefix("written to "))
        for (name, beginning) in forms {
            let text = try String(contentsOfFile: folder.file(name), encoding: .utf8)
            #expect(text.hasPrefix(beginning))
            #expect(name == "csv" || !text.contains("<c1>"))
        }
    }

    @Test(
        "what there is no report of ends with 1 and one line",
        arguments: [#"{"schema":"broadside.run/1"}"#, "{}", "", ReportTests.line + "x\n"])
    func others(text: String) throws {
        let child = try BroadsideProgram.run(["report", file("f", text)])
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1)
        #expect(child.errorText.contains("broadside.history/1"))
        #expect(child.outputText.isEmpty)
    }

    @Test("a file that is not there, or cannot be written, ends with 1")
    func files() throws {
        let history = try file("h", Self.line)
        for arguments in [["/nonexistent"], ["/tmp"], [history, "--html", "/nonexistent/x"]] {
            let child = try BroadsideProgram.run(["report"] + arguments)
            #expect(child.exitCode == 1)
            #expect(child.errorLines.count == 1, "\(child.errorText)")
        }
    }

    @Test("JUnit XML of a history is wrong usage, and nothing is written")
    func junit() throws {
        let child = try BroadsideProgram.run(["report", file("h", Self.line), "--junit", folder.file("x")])
        #expect(child.exitCode == 64)
        #expect(child.errorLines.count == 1)
        #expect(!FileManager.default.fileExists(atPath: folder.file("x")))
    }
}
