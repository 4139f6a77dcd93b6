import Testing

@Suite("broadside serve: a log that nobody reads")
struct StalledLogTests {
    private static let requestCount = 3000

    @Test("everybody is served all the same, and the server ends when it is told to", arguments: Drivers.available)
    func stalled(io: String) throws {
        // Standard error is a pipe to a program that does not read.
        let server = try TestServer(
            arguments: ["--io", io, "--threads", "1", "--log-level", "debug"],
            launcher: ["bash", "-c", "exec \"$0\" \"$@\" 2> >(exec sleep 60)"])
        defer { server.process.kill() }
        // Each is logged: more than a pipe holds.
        let body = #"{"type":"wave","position":{"x":1,"y":2},"confidence":0.5}"#
        let request =
            "POST /api/gesture/process HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let client = try RawSocket(port: server.port)
        let success = Array("HTTP/1.1 200 ".utf8)
        for number in 1...Self.requestCount {
            client.send(request)
            client.receive { $0.starts(with: success) && $0.last == UInt8(ascii: "}") }
            try #require(client.received.starts(with: success), "answer \(number)")
            client.drop(client.received.count)
        }
        #expect(server.stop() == 0)
    }
}
