import Glibc
import Transport

/// A file without a name that a child writes to and we read: unlike a pipe it never fills up.
final class UnnamedFile {
    let descriptor: Int32

    init() throws(SystemError) {
        // mkstemp(3) puts a unique name in place of six such letters.
        var name = Array(("/tmp/broadside-" + String(repeating: "X", count: 6)).utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw SystemError("cannot make a temporary file in /tmp") }
        unlink(&name)
        // Other children need not have it.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// Where it can be opened once more.
    var path: String { "/dev/fd/\(descriptor)" }

    /// What has been written so far.
    var text: String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = pread(descriptor, &chunk, chunk.count, off_t(bytes.count)), count > 0 {
            bytes.append(contentsOf: chunk[..<count])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
