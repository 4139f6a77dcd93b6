import FoundationEssentials
import Glibc

/// A checkout of git, and the few commands on it that a gate needs.
///
/// Every command works on this repository, whatever a hook that we are called from says. One thread at a time.
struct GitRepository {
    /// The folder at the top of the checkout.
    let top: String
    /// What all worktrees of the repository share: the `.git` of the first one.
    let commonFolder: String
    private let environment: [String: String]
    private let whileWaiting: () throws -> Void

    /// - Parameters:
    ///   - path: any folder of the checkout.
    ///   - whileWaiting: throws where a command is to end early.
    init(at path: String, whileWaiting: @escaping () throws -> Void) throws {
        environment = ChildEnvironment.ofNoRepository()
        self.whileWaiting = whileWaiting
        let environment = environment
        func ask(_ folder: String, _ question: String) throws -> String {
            let words = ["git", "-C", folder, "rev-parse", question]
            return Self.line(try CommandOutput.run(words, environment: environment, whileWaiting: whileWaiting))
        }
        do {
            top = try ask(path, "--show-toplevel")
            let common = try ask(top, "--git-common-dir")
            commonFolder = Self.resolved(common.hasPrefix("/") ? common : "\(top)/\(common)")
        } catch let failure as CommandFailure where failure.exitCode != nil && !failure.reason.isEmpty {
            throw RevisionFailure.noCheckout(path: Self.resolved(path), reason: failure.reason)
        }
    }

    /// The full id of the commit that a revision means.
    func commit(of revision: String) throws -> String {
        // What begins like an option is no name of a revision.
        if !revision.isEmpty, !revision.hasPrefix("-") {
            do {
                return Self.line(try git("rev-parse", "--verify", "--quiet", "\(revision)^{commit}"))
            } catch is CommandFailure {}
        }
        let isShallow = Self.line(try git("rev-parse", "--is-shallow-repository")) == "true"
        throw RevisionFailure.unknownRevision(revision, repository: top, isShallow: isShallow)
    }

    /// Whether a file that git knows of is not as it was committed.
    func hasChanges() throws -> Bool { try !git("status", "--porcelain", "--untracked-files=no").isEmpty }

    /// Checks a commit out into a new folder, without a branch and without running hooks.
    func addTree(_ path: String, commit: String) throws {
        // Twice: also where a folder was removed by hand or a check-out was interrupted, and git still knows of it.
        _ = try git(
            "-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--force", "--force", "--detach", path,
            commit)
    }

    /// Removes such a folder with all that is in it, in whatever state it is.
    func removeTree(_ path: String) throws {
        do {
            _ = try git("worktree", "remove", "--force", "--force", path)
        } catch is CommandFailure {
            // Git refuses what is not whole.
            if access(path, F_OK) == 0 { try FileManager.default.removeItem(atPath: path) }
        }
        _ = try git("worktree", "prune")
    }

    private func git(_ words: String...) throws -> String {
        try CommandOutput.run(["git", "-C", top] + words, environment: environment, whileWaiting: whileWaiting)
    }

    /// Without the end of the line.
    private static func line(_ text: String) -> String {
        text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// Absolute and without links; as it is where there is nothing.
    private static func resolved(_ path: String) -> String {
        guard let absolute = realpath(path, nil) else { return path }
        defer { free(absolute) }
        return String(cString: absolute)
    }
}
