import Recording
import Testing

/// What a server has in memory at one moment.
struct ServerMemory {
    /// By the allocator's own account (`allocatorAllocatedBytes` of `GET /api/profile`).
    let allocatedBytes: Int
    /// By the kernel's (VmRSS).
    let residentBytes: Int

    init(_ server: TestServer) throws {
        allocatedBytes = try server.figure("allocatorAllocatedBytes", at: "/api/profile")
        let resident = try #require(ProcessFigures(pid: server.process.pid).residentBytes())
        residentBytes = Int(clamping: resident)
    }
}
