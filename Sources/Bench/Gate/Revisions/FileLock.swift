import Glibc
import Transport

/// A lock between processes, on a file of its own (flock(2)); let go of at the latest when the process ends.
///
/// Children do not inherit it. The file may be removed by whoever holds the lock exclusively: a lock counts only where the
/// file is still the one of that name.
final class FileLock {
    enum Kind {
        /// Beside others of this kind.
        case shared
        /// Alone.
        case exclusive
    }

    private static let pollMicroseconds: UInt32 = 50_000

    private var descriptor: Int32

    /// Waits until the lock is free.
    ///
    /// - Parameters:
    ///   - onWait: called once, where it is not free at once.
    ///   - whileWaiting: throws where the wait is to end.
    init(_ path: String, _ kind: Kind, onWait: () -> Void, whileWaiting: () throws -> Void) throws {
        var isWaiting = false
        while true {
            if let descriptor = try Self.attempt(path, kind) {
                self.descriptor = descriptor
                return
            }
            if !isWaiting { onWait() }
            isWaiting = true
            try whileWaiting()
            usleep(Self.pollMicroseconds)
        }
    }

    /// Exclusively and at once; nil where somebody has it.
    init?(ifFree path: String) throws(SystemError) {
        guard let descriptor = try Self.attempt(path, .exclusive) else { return nil }
        self.descriptor = descriptor
    }

    deinit { release() }

    /// Notes in the file's times that it was used now.
    func touch() { futimens(descriptor, nil) }

    func release() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    private static func attempt(_ path: String, _ kind: Kind) throws(SystemError) -> Int32? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemError("cannot open the lock \(path)") }
        if flock(descriptor, (kind == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 {
            var held = stat()
            var named = stat()
            if fstat(descriptor, &held) == 0, stat(path, &named) == 0, held.st_ino == named.st_ino {
                return descriptor
            }
        } else if errno != EWOULDBLOCK && errno != EINTR {
            let error = SystemError("cannot lock \(path)")
            close(descriptor)
            throw error
        }
        close(descriptor)
        return nil
    }
}
