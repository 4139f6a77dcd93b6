import Foundation
import Testing
import Transport

@testable import Bench

@Suite("HistoryFile")
struct HistoryFileTests {
    private let folder = TemporaryHistoryFolder()

    private func line(_ commit: String, day: Int = 1) throws -> HistoryLine {
        try #require(HistoryLine(SyntheticHistory.result(commit: commit, day: day)))
    }

    @Test("a file that is not there has no lines, and is made")
    func new() throws {
        #expect(try HistoryFile.read(folder.file).isEmpty)
        try HistoryFile.record(line("a"), in: folder.file)
        try HistoryFile.record(line("b"), in: folder.file)
        #expect(try HistoryFile.read(folder.file).map(\.commit) == ["a", "b"])
    }

    @Test("a commit that is there is replaced in its place, and the others stay to the byte")
    func replaced() throws {
        for commit in ["a", "b", "c"] { try HistoryFile.record(line(commit), in: folder.file) }
        let text = folder.text.replacing(#"{"at""#, with: #"{"future":1,"at""#)
        try text.write(toFile: folder.file, atomically: true, encoding: .utf8)
        try HistoryFile.record(line("b", day: 7), in: folder.file)
        let lines = try HistoryFile.read(folder.file)
        #expect(lines.map(\.commit) == ["a", "b", "c"])
        #expect(lines[1].at.hasPrefix("2026-11-07"))
        let before = text.split(separator: "\n")
        let after = folder.text.split(separator: "\n")
        #expect(before[0] == after[0])
        #expect(before[2] == after[2])
        #expect(folder.names == ["history.jsonl"])
    }

    @Test("a last line without its end gets one")
    func cut() throws {
        try HistoryFile.record(line("a"), in: folder.file)
        try String(folder.text.dropLast()).write(toFile: folder.file, atomically: true, encoding: .utf8)
        try HistoryFile.record(line("b"), in: folder.file)
        #expect(try HistoryFile.read(folder.file).map(\.commit) == ["a", "b"])
    }

    @Test(
        "a line that is none is named, and nothing is written",
        arguments: ["{}", "x", #"{"schema":"broadside.gate/1"}"#])
    func bad(text: String) throws {
        try HistoryFile.record(line("a"), in: folder.file)
        let damaged = folder.text + "\n" + text + "\n"
        try damaged.write(toFile: folder.file, atomically: true, encoding: .utf8)
        let failure = #expect(throws: HistoryFailure.self) { try HistoryFile.record(line("b"), in: folder.file) }
        #expect(failure?.description.hasPrefix("\(folder.file), line 3: expected a commit of a history") == true)
        #expect(folder.text == damaged)
    }

    @Test("a folder is no history")
    func unreadable() {
        #expect(throws: SystemError.self) { try HistoryFile.read("/tmp") }
    }
}

/// A folder for one history, gone with this object.
private final class TemporaryHistoryFolder {
    private let path = FileManager.default.temporaryDirectory.appending(path: "broadside-history-\(UUID().uuidString)")
        .path

    init() { try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var file: String { "\(path)/history.jsonl" }
    var text: String { (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" }
    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }
}
