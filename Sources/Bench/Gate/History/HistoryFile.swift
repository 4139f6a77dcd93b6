import FoundationEssentials
import Glibc
import Transport

/// The file of a history: JSON lines, a gated commit each, oldest first.
package enum HistoryFile {
    /// Every line of it; none where there is no file.
    ///
    /// - Throws: `HistoryFailure` where a line is none of ours, `SystemError` where the file cannot be read.
    package static func read(_ path: String) throws -> [HistoryLine] { try parse(try contents(path), path: path) }

    /// Every line of such a document.
    ///
    /// - Parameter path: where it comes from, for what is said about a line that is none.
    package static func parse(_ bytes: [UInt8], path: String) throws(HistoryFailure) -> [HistoryLine] {
        let (lines, badLine) = JSONLine.decoded(HistoryLine.self, bytes)
        if let badLine {
            throw HistoryFailure(
                description: "\(path), line \(badLine): expected a commit of a history (broadside.history/1)")
        }
        return lines
    }

    /// Adds a commit at the end, or puts it in the place that it already has. The other lines stay as they are.
    ///
    /// For one writer at a time. Where a place is taken, the new file replaces the old one as a whole, so that no
    /// moment is without a history.
    ///
    /// - Throws: `HistoryFailure` where a line is none of ours, and then nothing is written; `SystemError`.
    package static func record(_ line: HistoryLine, in path: String) throws {
        let bytes = try contents(path)
        let commits = try parse(bytes, path: path).map(\.commit)
        let new = try JSONLine.encoded(line)
        guard let place = commits.firstIndex(of: line.commit) else {
            let isCut = bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
            return try OutputFile.append((isCut ? [UInt8(ascii: "\n")] : []) + new, to: path)
        }
        var replaced: [UInt8] = []
        for (index, old) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            if index == place {
                replaced += new
            } else if commits[index] != line.commit {
                replaced += old + [UInt8(ascii: "\n")]
            }
        }
        try replace(path, with: replaced)
    }

    private static func contents(_ path: String) throws(SystemError) -> [UInt8] {
        do throws(SystemError) {
            return try InputFile.read(path)
        } catch {
            guard error.code == ENOENT else { throw error }
            return []
        }
    }

    /// Through a file beside it; where the path is a link, it stays one.
    private static func replace(_ path: String, with bytes: [UInt8]) throws(SystemError) {
        guard let resolved = realpath(path, nil) else { throw SystemError("cannot write \(path)") }
        defer { free(resolved) }
        let target = String(cString: resolved)
        let beside = "\(target).\(getpid()).new"
        do throws(SystemError) {
            try OutputFile.write(bytes, to: beside)
            guard rename(beside, target) == 0 else { throw SystemError("cannot write \(path)") }
        } catch {
            unlink(beside)
            throw error
        }
    }
}
