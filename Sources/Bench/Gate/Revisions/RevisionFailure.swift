/// Why there is no built tree of a revision, in one line.
package enum RevisionFailure: Error, Equatable, CustomStringConvertible {
    case noCheckout(path: String, reason: String)
    case unknownRevision(String, repository: String, isShallow: Bool)
    case noCacheFolder
    case cannotCheckOut(tree: String, reason: String)
    case buildNotStarted(tree: String, reason: String)
    /// `lastLine` is that of the log; empty where the log is.
    case buildFailed(tree: String, command: String, exitCode: Int32, log: String, lastLine: String)

    package var description: String {
        switch self {
        case .noCheckout(let path, let reason):
            "\(path) is no checkout of git (\(reason)): expected a folder of the repository to be measured"
        case .unknownRevision(let revision, let repository, true):
            "\(repository) has no commit \(revision.debugDescription), but is a shallow clone: "
                + "fetch its history (git fetch --unshallow; fetch-depth: 0 for actions/checkout)"
        case .unknownRevision(let revision, let repository, false):
            "\(repository) has no commit \(revision.debugDescription): "
                + "expected a commit, branch or tag that is here; git fetch brings those of others, as origin/NAME"
        case .noCacheFolder:
            "there is no place for built revisions: set BROADSIDE_GATE_CACHE to a folder, or HOME"
        case .cannotCheckOut(let tree, let reason):
            "cannot check out \(tree): \(reason)"
        case .buildNotStarted(let tree, let reason):
            "cannot build \(tree): \(reason)"
        case .buildFailed(let tree, let command, let exitCode, let log, let lastLine):
            "cannot build \(tree): \(command.debugDescription) ended with \(exitCode)"
                + (exitCode == 127 ? " (is there such a program? it is run without a shell)" : "")
                + (lastLine.isEmpty ? "" : ": \(lastLine)") + "; all of its output is in \(log)"
        }
    }
}
