import Foundation
import Testing

@testable import Bench

@Suite("RevisionBuilder", .serialized)
struct RevisionBuilderTests {
    private let sandbox: GitSandbox

    init() throws { sandbox = try GitSandbox() }

    /// Leaves a line in `runs` of the tree each time, and what it read in `built`.
    private let command = "sh -c 'echo run >> runs; cp text built'"

    private func command(_ text: String) throws -> BuildCommand { try BuildCommand(parsing: text) }

    private func runs(_ tree: RevisionTree) -> Int {
        GitSandbox.text("\(tree.folder)/runs")?.split(separator: "\n").count ?? 0
    }

    private func failure(_ body: () throws -> Void) -> RevisionFailure? {
        do {
            try body()
            return nil
        } catch {
            return error as? RevisionFailure
        }
    }

    @Test("a revision is built once, from its own text, and used again")
    func buildsOnce() throws {
        let old = try sandbox.commit("old")
        try sandbox.git("tag", "v1")
        try sandbox.commit("new")
        try sandbox.write("not committed", to: "text")
        var lines: [String] = []
        let builder = try sandbox.builder { lines.append($0) }
        let first = try builder.tree(of: "v1", build: command(command))
        #expect(first.wasBuilt)
        #expect(first.commit == old)
        #expect(first.name == "v1 (\(old.prefix(12)))")
        #expect(first.folder.hasPrefix(sandbox.cache))
        #expect(GitSandbox.text("\(first.folder)/built") == "old")
        #expect(lines == ["checking out \(first.name)", "building \(first.name)"])
        // Another gate, while the first one measures, by another name of the commit.
        let second = try sandbox.builder().tree(of: String(old.prefix(10)), build: command(command))
        #expect(!second.wasBuilt)
        #expect(second.folder == first.folder)
        #expect(second.name == String(old.prefix(12)))
        #expect(runs(second) == 1)
    }

    @Test("a failing build is told in one line with its log, and done again from a fresh check-out")
    func failingBuild() throws {
        let id = try sandbox.commit("text")
        let text = "sh -c 'echo x >> attempts; echo first; echo the reason >&2; echo; test -e \(sandbox.path("go"))'"
        let builder = try sandbox.builder()
        let failure = failure { _ = try builder.tree(of: "HEAD", build: command(text)) }
        guard case .buildFailed(let tree, text, 1, let log, "the reason") = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(tree == "HEAD (\(id.prefix(12)))")
        #expect(GitSandbox.text(log)?.hasPrefix("first\nthe reason") == true)
        let description = failure?.description ?? ""
        for part in [tree, "ended with 1: the reason", log] { #expect(description.contains(part)) }
        #expect(!description.contains("\n"))

        try "".write(toFile: sandbox.path("go"), atomically: true, encoding: .utf8)
        let built = try builder.tree(of: "HEAD", build: command(text))
        #expect(built.wasBuilt)
        #expect(GitSandbox.text("\(built.folder)/attempts") == "x")
    }

    @Test("a program that is not there is told")
    func noSuchProgram() throws {
        try sandbox.commit("text")
        let failure = failure { _ = try sandbox.builder().tree(of: "HEAD", build: command("./no-such-program")) }
        #expect(failure?.description.contains("ended with 127 (is there such a program?") == true)
    }

    @Test("another build command builds anew")
    func otherCommand() throws {
        try sandbox.commit("text")
        let builder = try sandbox.builder()
        #expect(try builder.tree(of: "HEAD", build: command(command)).wasBuilt)
        let other = try builder.tree(of: "HEAD", build: command("sh -c 'cp text other'"))
        #expect(other.wasBuilt)
        #expect(GitSandbox.text("\(other.folder)/other") == "text")
        #expect(GitSandbox.text("\(other.folder)/built") == nil)
    }

    @Test("a tree that somebody removed is checked out again")
    func removedTree() throws {
        try sandbox.commit("text")
        let builder = try sandbox.builder()
        let folder = try builder.tree(of: "HEAD", build: command(command)).folder
        try FileManager.default.removeItem(atPath: folder)
        let again = try builder.tree(of: "HEAD", build: command(command))
        #expect(again.wasBuilt && runs(again) == 1)
        try FileManager.default.removeItem(atPath: sandbox.cache)
        #expect(try sandbox.builder().tree(of: "HEAD", build: command(command)).wasBuilt)
    }

    @Test("what is left of an interrupted check-out does no harm")
    func brokenTree() throws {
        let id = try sandbox.commit("text")
        let builder = try sandbox.builder()
        let folder = try builder.tree(of: "HEAD", build: command(command)).folder
        try FileManager.default.removeItem(atPath: "\(folder)/.git")
        let again = try builder.tree(of: id, build: command(command))
        #expect(again.wasBuilt && runs(again) == 1)
    }

    @Test("an unknown revision is told", arguments: ["no-such", "", "-h", "--all", "HEAD~5", "HEAD:text"])
    func unknownRevision(revision: String) throws {
        try sandbox.commit("text")
        let failure = failure { _ = try sandbox.builder().tree(of: revision, build: command(command)) }
        #expect(failure == .unknownRevision(revision, repository: sandbox.top, isShallow: false))
        #expect(failure?.description.contains("\n") == false)
    }

    @Test("a shallow clone is told to fetch its history")
    func shallowClone() throws {
        let old = try sandbox.commit("old")
        try sandbox.commit("new")
        let clone = sandbox.path("clone")
        try sandbox.git("clone", "--quiet", "--depth", "1", "file://\(sandbox.top)", clone)
        let builder = try RevisionBuilder(
            repository: clone, cacheFolder: sandbox.cache, interruption: Interruption())
        let failure = failure { _ = try builder.tree(of: old, build: command(command)) }
        #expect(failure == .unknownRevision(old, repository: clone, isShallow: true))
        #expect(failure?.description.contains("fetch-depth: 0") == true)
    }

    @Test("a folder that is no checkout is told")
    func noCheckout() throws {
        for folder in [sandbox.path("."), sandbox.path("nothing")] {
            let failure = failure {
                _ = try RevisionBuilder(
                    repository: folder, cacheFolder: sandbox.cache, interruption: Interruption())
            }
            guard case .noCheckout = failure else {
                Issue.record("\(String(describing: failure))")
                continue
            }
            #expect(failure?.description.contains("\n") == false)
        }
    }

    @Test("the working tree is built in place, with what is not committed, each time")
    func workingTree() throws {
        let head = try sandbox.commit("committed")
        try sandbox.write("not committed", to: "text")
        try FileManager.default.createDirectory(atPath: "\(sandbox.top)/below", withIntermediateDirectories: true)
        let builder = try RevisionBuilder(
            repository: "\(sandbox.top)/below", cacheFolder: sandbox.cache, interruption: Interruption())
        for count in 1...2 {
            let tree = try builder.workingTree(build: command(command))
            #expect(tree.folder == sandbox.top && tree.commit == head && tree.wasBuilt)
            #expect(GitSandbox.text("\(tree.folder)/built") == "not committed")
            #expect(runs(tree) == count)
        }
        let failure = failure { _ = try builder.workingTree(build: command("sh -c 'echo bad; exit 3'")) }
        guard case .buildFailed("the working tree", _, 3, let log, "bad") = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(log.hasPrefix(sandbox.cache))
    }

    @Test(
        "an interruption ends a build with all of its processes, those in groups of their own too",
        .timeLimit(.minutes(1)))
    func interruption() throws {
        try sandbox.commit("text")
        let ids = sandbox.path("ids")
        // setsid(1) leaves the group; trap: one that does not heed Ctrl-C.
        let text = """
            sh -c 'setsid sh -c "trap \\"\\" INT TERM; echo \\$\\$ >> \(ids); sleep 100" & sleep 100 & \
            echo $! >> \(ids); echo $$ >> \(ids); wait'
            """
        let interruption = Interruption()
        Thread.detachNewThread {
            while (GitSandbox.text(ids)?.split(separator: "\n").count ?? 0) < 3 { usleep(5_000) }
            interruption.request()
        }
        #expect(throws: SuiteInterruption.self) {
            try sandbox.builder(interruption: interruption).tree(of: "HEAD", build: command(text))
        }
        for id in try #require(GitSandbox.text(ids)).split(separator: "\n") {
            // One that its new parent has not waited for yet is there as a zombie.
            let state = { GitSandbox.text("/proc/\(id)/stat")?.split(separator: ")").last?.split(separator: " ").first }
            var attempts = 0
            while let now = state(), now != "Z", attempts < 200 {
                usleep(5_000)
                attempts += 1
            }
            #expect(state() == nil || state() == "Z", "process \(id)")
        }
        // It is done again, by a gate that has not been interrupted.
        #expect(try sandbox.builder().tree(of: "HEAD", build: command(command)).wasBuilt)
    }

    @Test("the four trees used last are kept, and one that is in use")
    func pruning() throws {
        let builder = try sandbox.builder()
        var commits: [String] = []
        var used: RevisionTree?
        for index in 0..<6 {
            commits.append(try sandbox.commit("\(index)"))
            let tree = try builder.tree(of: "HEAD", build: command(command))
            if index == 1 { used = tree }
            // The oldest one is used again.
            if index == 3 { #expect(try !builder.tree(of: commits[0], build: command(command)).wasBuilt) }
        }
        let folder = try #require(used).folder.split(separator: "/").dropLast().joined(separator: "/")
        func kept() throws -> Set<String> {
            Set(try FileManager.default.contentsOfDirectory(atPath: "/\(folder)").filter { $0.utf8.count == 40 })
        }
        #expect(try kept() == Set([0, 1, 3, 4, 5].map { commits[$0] }))
        used = nil
        _ = try builder.tree(of: "HEAD", build: command(command))
        #expect(try kept() == Set([0, 3, 4, 5].map { commits[$0] }))
        let names = try FileManager.default.contentsOfDirectory(atPath: "/\(folder)")
        #expect(names.allSatisfy { !$0.hasPrefix(commits[1]) && !$0.hasPrefix(commits[2]) })
        #expect(try sandbox.git("worktree", "list").split(separator: "\n").count == 5)
    }

    @Test("a tree that another gate has is waited for, which is told once")
    func waits() throws {
        let id = try sandbox.commit("text")
        let folder = try sandbox.builder().tree(of: id, build: command(command)).folder
        var other: FileLock? = try FileLock("\(folder).lock", .exclusive, onWait: {}, whileWaiting: {})
        #expect(other != nil)
        var lines: [String] = []
        let builder = try sandbox.builder { line in
            lines.append(line)
            other = nil
        }
        #expect(try !builder.tree(of: id, build: command(command)).wasBuilt)
        #expect(lines == ["waiting for another gate"])

        // Measured by one, it is not built differently by another.
        var measured: RevisionTree? = try sandbox.builder().tree(of: id, build: command(command))
        #expect(measured?.wasBuilt == false)
        lines = []
        let rebuilder = try sandbox.builder { line in
            lines.append(line)
            measured = nil
        }
        #expect(try rebuilder.tree(of: id, build: command("true")).wasBuilt)
        #expect(lines.first == "waiting for another gate" && lines.count == 3)
    }

    @Test("who waits can be interrupted")
    func interruptedWait() throws {
        let id = try sandbox.commit("text")
        let folder = try sandbox.builder().tree(of: id, build: command(command)).folder
        let other = try FileLock("\(folder).lock", .exclusive, onWait: {}, whileWaiting: {})
        let interruption = Interruption()
        let builder = try sandbox.builder(interruption: interruption) { _ in interruption.request() }
        #expect(throws: SuiteInterruption.self) { try builder.tree(of: id, build: command(command)) }
        other.release()
    }
}
