import Glibc
import Recording
import Testing

@Suite("Robustness: no descriptor is left", .serialized)
struct DescriptorExhaustionTests {
    private static let limit = 64
    /// A server that spins uses all of a core.
    private static let idleShare = 0.2

    @Test(
        "the server waits without spinning, goes on serving whom it has, and takes in others when some leave",
        arguments: Drivers.available)
    func exhausted(io: String) throws {
        let server = try TestedBuild.start(
            io, ["--max-clients", "40", "--handshake-timeout", "600"],
            launcher: ["sh", "-c", "ulimit -n \(Self.limit) && exec \"$0\" \"$@\""])
        defer { server.process.kill() }
        let process = ProcessFigures(pid: server.process.pid)
        let clients = try (0..<20).map { _ in try RawWebSocket(port: server.port, "/echo") }
        // The kernel makes connections also where the server has no descriptor for them.
        var idle = try (0..<120).map { _ in try RawSocket(port: server.port) }
        // What the server was started with may lie above the limit.
        let isExhausted = Deadline.reaches { process.descriptorCount() ?? 0 >= Self.limit }
        try #require(isExhausted, "\(String(describing: process.descriptorCount())) descriptors are open")

        let before = try #require(process.cpuNanoseconds())
        let began = MonotonicInstant.now()
        usleep(1_000_000)
        let used = try #require(process.cpuNanoseconds()) - before
        #expect(Double(used) < Self.idleShare * Double(MonotonicInstant.now() - began))

        for client in clients { try client.roundTrip() }
        idle.removeAll()
        let newClient = try RawWebSocket(port: server.port, "/echo")
        try newClient.roundTrip()
        for client in clients { try client.roundTrip() }
        #expect(server.process.isRunning)
    }
}
