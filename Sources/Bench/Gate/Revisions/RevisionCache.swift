import FoundationEssentials
import Glibc
import Transport

/// The folder of one repository's built revisions: for each commit its tree, a lock, a log and a mark of success.
///
///     ~/.cache/broadside/gate/NAME-HASH/COMMIT          the tree
///                                       COMMIT.lock     its time is that of the last use
///                                       COMMIT.built    the build command, written when it had succeeded
///                                       COMMIT.log
///                                       working-tree-HASH.lock, .log
///
/// The four trees used last are kept. All but the locks is changed only by who holds the lock of that commit exclusively.
struct RevisionCache {
    private static let keptTrees = 4
    private static let folderVariable = "BROADSIDE_GATE_CACHE"

    /// Absolute.
    let folder: String
    private let repository: GitRepository

    /// - Parameter root: for all repositories.
    init(root: String, repository: GitRepository) throws {
        self.repository = repository
        // The name of the project, for people who look around.
        let parts = repository.commonFolder.split(separator: "/")
        let name = parts.last { $0 != ".git" } ?? "repository"
        let folder = "\(root)/\(name)-\(Self.hash(repository.commonFolder))"
        try OutputFile.makeFolder(folder)
        guard let absolute = realpath(folder, nil) else { throw SystemError("cannot use \(folder)") }
        defer { free(absolute) }
        self.folder = String(cString: absolute)
    }

    /// Where all repositories have their folders: as said, or in the user's cache (XDG Base Directory Specification).
    static func root(_ said: String?, environment: [String: String]) throws(RevisionFailure) -> String {
        if let said = said ?? environment[folderVariable], !said.isEmpty { return said }
        // The specification has relative paths ignored.
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return "\(cache)/broadside/gate" }
        guard let home = environment["HOME"], home.hasPrefix("/") else { throw .noCacheFolder }
        return "\(home)/.cache/broadside/gate"
    }

    /// What stands for the working tree where others have a commit.
    var workingTreeEntry: String { "working-tree-\(Self.hash(repository.top))" }

    func tree(_ commit: String) -> String { "\(folder)/\(commit)" }
    func lock(_ entry: String) -> String { "\(folder)/\(entry).lock" }
    func log(_ entry: String) -> String { "\(folder)/\(entry).log" }

    /// Whether that command has succeeded in the commit's tree, and the tree is still there.
    func isBuilt(_ commit: String, by command: BuildCommand) -> Bool {
        guard let text = FileManager.default.contents(atPath: mark(commit)) else { return false }
        return text.elementsEqual(command.text.utf8) && access("\(tree(commit))/.git", F_OK) == 0
    }

    func markBuilt(_ commit: String, by command: BuildCommand) throws(SystemError) {
        try OutputFile.write(Array(command.text.utf8), to: mark(commit))
    }

    /// A tree as the commit has it and nothing else, not marked as built.
    func checkOut(_ commit: String) throws {
        unlink(mark(commit))
        // Also one of an interrupted check-out, and git's memory of one that somebody removed.
        if access(tree(commit), F_OK) == 0 { try repository.removeTree(tree(commit)) }
        try repository.addTree(tree(commit), commit: commit)
    }

    /// Removes the trees used longest ago, but none that is in use.
    ///
    /// One that cannot be removed is tried again after the next build; it is not worth a gate's failure.
    func prune() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let commits = Set(names.compactMap { $0.split(separator: ".").first.map(String.init) }.filter(Self.isCommit))
        let newestFirst = commits.map { (lastUse($0), $0) }.sorted(by: >).map(\.1)
        for commit in newestFirst.dropFirst(Self.keptTrees) {
            guard let lock = try? FileLock(ifFree: lock(commit)) else { continue }
            unlink(mark(commit))
            guard (try? repository.removeTree(tree(commit))) != nil else { continue }
            unlink(log(commit))
            unlink(self.lock(commit))
            lock.release()
        }
    }

    private func mark(_ commit: String) -> String { "\(folder)/\(commit).built" }

    /// In nanoseconds since 1970; 0 where nobody knows.
    private func lastUse(_ commit: String) -> Int {
        var status = stat()
        guard stat(lock(commit), &status) == 0 else { return 0 }
        return status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    }

    /// A full id, SHA-1 or SHA-256.
    private static func isCommit(_ name: String) -> Bool {
        [40, 64].contains(name.utf8.count) && name.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    /// FNV-1a, 64 bits: tells paths of one user apart, and no more is asked of it.
    private static func hash(_ path: String) -> String {
        let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
