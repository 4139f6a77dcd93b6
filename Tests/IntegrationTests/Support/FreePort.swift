/// A port that was free a moment ago, for programs that cannot be told to choose one themselves.
enum FreePort {
    static func find() throws -> UInt16 {
        let server = try TestServer()
        defer { _ = server.stop() }
        return server.port
    }
}
