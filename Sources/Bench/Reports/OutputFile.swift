import Glibc
import Recording
import Transport

/// Result files.
package enum OutputFile {
    /// Writes a whole file, replacing what was there.
    package static func write(_ bytes: [UInt8], to path: String) throws(SystemError) {
        try write(bytes, to: path, O_TRUNC)
    }

    /// Adds to the end of a file, which need not be there.
    package static func append(_ bytes: [UInt8], to path: String) throws(SystemError) {
        try write(bytes, to: path, O_APPEND)
    }

    private static func write(_ bytes: [UInt8], to path: String, _ flag: Int32) throws(SystemError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flag, 0o644)
        guard descriptor >= 0 else { throw SystemError("cannot write \(path)") }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            guard count > 0 else { throw SystemError("cannot write \(path)") }
            written += count
        }
    }

    /// Whether a file can be written, found out before the work that it is for; one that is there stays as it is.
    package static func check(_ path: String) throws(SystemError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemError("cannot write \(path)") }
        close(descriptor)
    }

    /// Finds out whether a file can be written, and removes the one that is there; what is no file stays.
    package static func clear(_ path: String) throws(SystemError) {
        try check(path)
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG { unlink(path) }
    }

    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Makes a folder and those above it.
    package static func makeFolder(_ path: String) throws(SystemError) {
        var prefix = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            prefix += part
            guard mkdir(prefix, 0o755) == 0 || errno == EEXIST else { throw SystemError("cannot make \(prefix)") }
            prefix += "/"
        }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("cannot use \(path) as a folder") }
        close(descriptor)
    }
}
