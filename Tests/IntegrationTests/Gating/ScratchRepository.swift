import FoundationEssentials
import Glibc
import Testing
import Transport

/// A repository of git with one file, `content`, and a place for what is built from it; gone when the test ends.
final class ScratchRepository {
    private let folder: String

    var path: String { folder + "/checkout" }
    var cache: String { folder + "/cache" }

    init() throws {
        var name = Array("/tmp/broadside-test-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { throw SystemError("mkdtemp") }
        folder = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try FileManager.default.createDirectory(atPath: folder + "/checkout", withIntermediateDirectories: true)
        try git("init", "--quiet")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Commits the file with this text; returns the commit's id.
    func commit(_ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: path + "/content"))
        try git("add", "content")
        try git("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "-m", text)
        return try git("rev-parse", "HEAD").outputText.split(separator: "\n").joined()
    }

    /// Changes the file without a commit.
    func change() throws { try Data("changed".utf8).write(to: URL(filePath: path + "/content")) }

    @discardableResult
    private func git(_ words: String...) throws -> ChildProcess {
        let child = try ChildProcess.run("git", ["-C", path] + words)
        try #require(child.exitCode == 0, "\(child.errorText)")
        return child
    }
}
