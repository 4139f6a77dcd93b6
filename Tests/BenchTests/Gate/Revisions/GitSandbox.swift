import Foundation

@testable import Bench

/// A repository of git in a temporary folder, with a cache beside it; gone with this object.
final class GitSandbox {
    /// Both without links, as git tells them.
    let top: String
    let cache: String
    private let folder: String

    init() throws {
        let name = FileManager.default.temporaryDirectory.appending(path: "broadside-git-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: name, withIntermediateDirectories: true)
        folder = name.resolvingSymlinksInPath().path
        top = "\(folder)/project"
        cache = "\(folder)/cache"
        try FileManager.default.createDirectory(atPath: top, withIntermediateDirectories: true)
        try git("init", "--quiet")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(top)/\(name)", atomically: true, encoding: .utf8)
    }

    /// Commits a file of that text. Returns the commit's id.
    @discardableResult
    func commit(_ text: String) throws -> String {
        try write(text, to: "text")
        try git("add", ".")
        try git("commit", "--quiet", "-m", text)
        return try git("rev-parse", "HEAD")
    }

    @discardableResult
    func git(_ words: String...) throws -> String {
        let settings = ["user.name=x", "user.email=x@example.com", "commit.gpgsign=false", "core.hooksPath=/dev/null"]
        let output = try CommandOutput.run(
            ["git", "-C", top] + settings.flatMap { ["-c", $0] } + words,
            environment: ChildEnvironment.ofNoRepository())
        return output.trimmingCharacters(in: .newlines)
    }

    func builder(
        interruption: Interruption = Interruption(), report: @escaping (String) -> Void = { _ in }
    ) throws -> RevisionBuilder {
        try RevisionBuilder(repository: top, cacheFolder: cache, interruption: interruption, report: report)
    }

    /// What a file holds; nil where there is none.
    static func text(_ path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .newlines)
    }
}
