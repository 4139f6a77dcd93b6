import Glibc

/// Files that are read as a whole. What has no size before it is read (pipes, `/dev/fd`) will do as well.
package enum InputFile {
    /// All of a file, or what it begins with.
    ///
    /// - Parameter limitBytes: how much is read at most. To tell a file that is longer, ask for a byte more.
    package static func read(_ path: String, limitBytes: Int = .max) throws(SystemError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("cannot read \(path)") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < limitBytes {
            let wanted = min(chunk.count, limitBytes - bytes.count)
            let count = Glibc.read(descriptor, &chunk, wanted)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemError("cannot read \(path)") }
            if count == 0 { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        return bytes
    }
}
