import Glibc
import Transport

/// The built `broadside`, which lies beside the tests' own executable, in debug as in release.
enum BroadsideProgram {
    static let path = folder + "/broadside"

    /// The optimized build of the same sources, where whoever started the tests has made one.
    static let releasePath = getenv("BROADSIDE_RELEASE").map { String(cString: $0) }

    /// Where the build puts its products.
    static let folder: String = {
        guard let tests = realpath("/proc/self/exe", nil) else { return "." }
        defer { free(tests) }
        return String(cString: tests).split(separator: "/").dropLast().reduce(into: "") { $0 += "/\($1)" }
    }()

    static func start(_ arguments: [String]) throws(SystemError) -> ChildProcess {
        try ChildProcess(path, arguments)
    }

    static func run(_ arguments: [String]) throws(SystemError) -> ChildProcess {
        try ChildProcess.run(path, arguments)
    }
}
