import FoundationEssentials
import Glibc

/// Checks out and builds what a gate compares: a revision, once, and the working tree, each time.
///
/// A revision is built in a cache, in a tree of its own (`git worktree`), and used again by the next gate with the same
/// commit and command. A failed or interrupted build is done again from a fresh check-out, so nothing of the former is
/// left in it; submodules and hooks are the build command's business. Trees are locked: a gate that needs one which
/// another builds, or measures and would have to be built differently, waits. Ask for the revision before the working tree,
/// as all do: gates that wait for each other would not end.
///
/// One thread at a time; programs end with the thread that started them.
package struct RevisionBuilder {
    private static let idCharacters = 12

    /// The top folder of the working tree.
    package var top: String { repository.top }
    private let repository: GitRepository
    private let cache: RevisionCache
    private let interruption: Interruption
    private let report: (String) -> Void

    /// - Parameters:
    ///   - path: any folder of the checkout.
    ///   - cacheFolder: for built revisions of all repositories; nil for `BROADSIDE_GATE_CACHE` or the user's cache.
    ///   - report: told in a line what takes its time.
    /// - Throws: `RevisionFailure` and such, in one line; `SuiteInterruption`.
    package init(
        repository path: String = ".", cacheFolder: String? = nil, interruption: Interruption,
        report: @escaping (String) -> Void = { _ in }
    ) throws {
        self.interruption = interruption
        self.report = report
        repository = try GitRepository(at: path, whileWaiting: interruption.check)
        let root = try RevisionCache.root(cacheFolder, environment: ProcessInfo.processInfo.environment)
        cache = try RevisionCache(root: root, repository: repository)
    }

    /// The built tree of a revision.
    package func tree(of revision: String, build command: BuildCommand) throws -> RevisionTree {
        let commit = try repository.commit(of: revision)
        let id = String(commit.prefix(Self.idCharacters))
        // Who gives an id has given the name already.
        let name = commit.hasPrefix(revision) ? id : "\(revision) (\(id))"
        let tell = waiting()
        var wasBuilt = false
        // A lock cannot go from exclusive to shared without a moment in which another gate may have it.
        while true {
            let shared = try lock(commit, .shared, tell)
            shared.touch()
            if cache.isBuilt(commit, by: command) {
                cache.prune()
                return RevisionTree(
                    name: name, commit: commit, folder: cache.tree(commit), log: cache.log(commit), wasBuilt: wasBuilt,
                    lock: shared)
            }
            shared.release()
            let exclusive = try lock(commit, .exclusive, tell)
            if !cache.isBuilt(commit, by: command) {
                try build(commit, name, command)
                wasBuilt = true
            }
            exclusive.release()
        }
    }

    /// The working tree as it is, with what is not committed, built in place.
    package func workingTree(build command: BuildCommand) throws -> RevisionTree {
        let entry = cache.workingTreeEntry
        let exclusive = try lock(entry, .exclusive, waiting())
        let build = TreeBuild(
            name: "the working tree", folder: repository.top, log: cache.log(entry), command: command)
        report("building \(build.name)")
        try build.run(whileWaiting: interruption.check)
        return RevisionTree(
            name: build.name, commit: try? repository.commit(of: "HEAD"),
            hasChanges: try repository.hasChanges(), folder: build.folder, log: build.log,
            wasBuilt: true, lock: exclusive)
    }

    private func build(_ commit: String, _ name: String, _ command: BuildCommand) throws {
        report("checking out \(name)")
        do {
            try cache.checkOut(commit)
        } catch let failure as CommandFailure {
            throw RevisionFailure.cannotCheckOut(tree: name, reason: failure.description)
        }
        report("building \(name)")
        let build = TreeBuild(name: name, folder: cache.tree(commit), log: cache.log(commit), command: command)
        try build.run(whileWaiting: interruption.check)
        try cache.markBuilt(commit, by: command)
    }

    private func lock(_ entry: String, _ kind: FileLock.Kind, _ onWait: () -> Void) throws -> FileLock {
        try interruption.check()
        return try FileLock(cache.lock(entry), kind, onWait: onWait, whileWaiting: interruption.check)
    }

    /// Says it once, however many locks are waited for.
    private func waiting() -> () -> Void {
        var isTold = false
        return { [report] in
            if !isTold { report("waiting for another gate") }
            isTold = true
        }
    }
}
