import Glibc

/// Reading of `/proc` and `/sys`: small files that have no size before they are read, and directories.
///
/// What cannot be read is nil or empty: a process may end between two steps, and that is no error here.
package enum ProcFile {
    package static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// The names in a directory, without `.` and `..`; nil where it cannot be opened.
    static func entries(_ path: String) -> [String]? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            // The kernel ends the name with a NUL; the field's size is only an upper bound of it.
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// The names in a directory that are numbers: processes, threads, descriptors.
    static func numbers(_ path: String) -> [Int32]? {
        entries(path).map { $0.compactMap { Int32($0) } }
    }

    static func linkTarget(_ path: String) -> String? {
        var target = [CChar](repeating: 0, count: 256)
        // readlink writes at most the given count, and no NUL.
        let count = readlink(path, &target, target.count)
        return count >= 0
            ? String(decoding: target[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }
}
