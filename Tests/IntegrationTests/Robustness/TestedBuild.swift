/// Which build has to withstand what hostile clients do, and how much of it: the optimized one where it is named
/// (`BROADSIDE_RELEASE`) gets all that is promised, the debug build as much as it manages in seconds.
enum TestedBuild {
    static let isOptimized = BroadsideProgram.releasePath != nil

    static func start(_ io: String, _ arguments: [String], launcher: [String] = []) throws -> TestServer {
        try TestServer(
            program: BroadsideProgram.releasePath ?? BroadsideProgram.path,
            arguments: ["--io", io, "--threads", "1", "--relay", "--log-level", "error"] + arguments,
            launcher: launcher)
    }
}
