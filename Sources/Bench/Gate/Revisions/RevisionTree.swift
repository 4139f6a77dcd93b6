/// A tree that has been built and stays as it is for the life of this object: no other gate builds or removes it meanwhile.
package final class RevisionTree {
    /// What follows the id of a commit where the tree is not as it was committed.
    package static let changedMark = "-changed"

    /// As people call it: `v1.2 (0123456789ab)`, or `the working tree`.
    package let name: String
    /// The full id; of the working tree that of HEAD, nil where there is none.
    package let commit: String?
    /// The same, marked where a file that git knows of is not as it was committed.
    package let revision: String?
    /// Its top folder, absolute.
    package let folder: String
    /// The build's output.
    package let log: String
    /// Whether it was built now; an earlier gate's otherwise.
    package let wasBuilt: Bool
    private let lock: FileLock

    init(
        name: String, commit: String?, hasChanges: Bool = false, folder: String, log: String, wasBuilt: Bool,
        lock: FileLock
    ) {
        self.name = name
        self.commit = commit
        revision = commit.map { hasChanges ? $0 + Self.changedMark : $0 }
        self.folder = folder
        self.log = log
        self.wasBuilt = wasBuilt
        self.lock = lock
    }
}
