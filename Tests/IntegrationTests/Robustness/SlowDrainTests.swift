import Glibc
import Testing

@Suite("Robustness: clients that hold up the drain", .serialized)
struct SlowDrainTests {
    private static let message = [UInt8](repeating: 0x61, count: 60_000)
    private static let messageCount = 100

    @Test(
        "a client that does not read holds the server up for --drain-timeout, and the others get everything",
        arguments: StoppingTests.Way.all)
    func slowClient(way: StoppingTests.Way) throws {
        let server = try TestedBuild.start(way.io, ["--drain-timeout", "1"])
        defer { server.process.kill() }
        let slow = try RawWebSocket(RawSocket(port: server.port, receiveBufferBytes: 4096), "/relay")
        let publisher = try RawWebSocket(port: server.port, "/relay")
        for _ in 0..<Self.messageCount {
            publisher.send(2, Self.message)
            try #require(publisher.nextFrame()?.payload.count == Self.message.count)
        }
        server.process.signal(way.signal)
        #expect(publisher.nextFrame()?.closeCode == 1001)
        publisher.send(8, [0x03, 0xe9])
        #expect(server.process.wait() == 0)
        #expect(slow.socket.receiveAll() != .timedOut)
        // What had gone out is the beginning of what was broadcast: nothing came in between.
        let frame = [0x82, 126, UInt8(Self.message.count >> 8), UInt8(Self.message.count & 0xff)] + Self.message
        let all = [[UInt8]](repeating: frame, count: Self.messageCount).flatMap { $0 }
        #expect(!slow.socket.received.isEmpty)
        #expect(all.starts(with: slow.socket.received))
    }
}
