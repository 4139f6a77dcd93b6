import Glibc
import Transport

/// A file without a name that a child writes to and the test reads at any time: unlike a pipe it never fills up.
final class ScratchFile {
    let descriptor: Int32

    init() throws(SystemError) {
        var name = Array("/tmp/broadside-test-XXXXXX".utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw SystemError("mkstemp") }
        unlink(&name)
        // Children started meanwhile by other tests need not have it.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// What has been written so far.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = pread(descriptor, &chunk, chunk.count, off_t(bytes.count)), count > 0 {
            bytes.append(contentsOf: chunk[..<count])
        }
        return bytes
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}
