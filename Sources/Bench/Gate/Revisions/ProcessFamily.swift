import Glibc
import Recording

/// The descendants that a process has been seen with, so that none outlives it: build tools give theirs groups of their
/// own, which a signal to the group of the first one does not reach.
///
/// A process is told from a later one with the same id by its folder in `/proc`, which is kept open: a descriptor for each.
final class ProcessFamily {
    private let pid: Int32
    private var folders: [Int32: Int32] = [:]

    init(of pid: Int32) { self.pid = pid }

    deinit { for folder in folders.values { close(folder) } }

    /// Notes who is there now; to be called while the first one lives.
    func note() {
        for member in ProcessFigures(pid: pid).processes() where member != pid && !isKnown(member) {
            let folder = open("/proc/\(member)", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard folder >= 0 else { continue }
            if let old = folders.updateValue(folder, forKey: member) { close(old) }
        }
    }

    /// Ends at once who was noted and is still there.
    func kill() {
        for member in folders.keys where isKnown(member) { Glibc.kill(member, SIGKILL) }
    }

    /// Whether that id still is the process that was noted.
    private func isKnown(_ member: Int32) -> Bool {
        guard let folder = folders[member] else { return false }
        return faccessat(folder, "stat", F_OK, 0) == 0
    }
}
