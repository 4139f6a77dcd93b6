import Testing

@Suite("broadside serve: what it logs")
struct LogTests {
    private static let gesture = #"{"type":"wave","position":{"x":1,"y":2},"confidence":0.5}"#

    /// Lets everything happen that the specification logs.
    private func traffic(_ server: TestServer) throws {
        let client = try RawWebSocket(port: server.port, "/")
        _ = try server.post("/api/gesture/process", json: Self.gesture)
        _ = try server.post("/api/ai/infer", json: #"{"query":"why?"}"#)
        for _ in 0..<2 { #expect(client.nextFrame()?.opcode == 1) }
        // One is taken in 1000 seconds.
        for _ in 0..<2 { client.send(#"{"type":"ping"}"#) }
        for _ in 0..<2 { #expect(client.nextFrame()?.opcode == 1) }
        // A frame that is not masked.
        client.socket.send([0x81, 0x00])
        #expect(client.nextFrame()?.text.contains("Connection error") == true)
        #expect(client.nextFrame()?.closeCode == 1002)
        client.send(8, [0x03, 0xea])
        #expect(client.socket.receiveAll() == .closed)
    }

    /// The specification's lines, with their levels.
    private static var expected: [(String, Regex<Substring>)] {
        [
            ("info", /Client connected: c0-\d+-\d+ from 127\.0\.0\.1/),
            ("debug", /Broadcast gesture to 1 clients/),
            ("debug", /AI response sent to 1 clients/),
            ("warning", /Client c0-\d+-\d+ rate limited/),
            ("error", /WebSocket error for client c0-\d+-\d+: .+/),
            ("info", /Client disconnected: c0-\d+-\d+ \(duration: \d+ms\)/),
        ]
    }

    private func lines(_ server: TestServer, _ format: String) throws -> [LogLine] {
        try server.process.errorLines.map { line in
            try #require(format == "json" ? LogLine(json: line) : LogLine(text: line), "not as it should be: \(line)")
        }
    }

    private func start(_ format: String, level: String) throws -> TestServer {
        try TestServer(
            "--threads", "1", "--rate-limit", "0.001", "--log-level", level, "--log-format", format)
    }

    @Test("the specification's lines, each at its level", arguments: ["text", "json"])
    func allLines(format: String) throws {
        let server = try start(format, level: "debug")
        defer { server.process.kill() }
        try traffic(server)
        #expect(Deadline.reaches { server.process.errorText.contains("Client disconnected") })
        let lines = try lines(server, format)
        for line in lines { #expect(line.hasTime, "\(line)") }
        for (level, message) in Self.expected {
            let found = lines.filter { $0.message.wholeMatch(of: message) != nil }
            #expect(found.map(\.level) == [level], "\(lines.map(\.message))")
        }
        #expect(server.stop() == 0)
        #expect(server.process.outputText == server.firstLine + "\n")
    }

    @Test("a level leaves out what is below it", arguments: ["info", "warning", "error", "critical"])
    func levels(level: String) throws {
        let server = try start("json", level: level)
        defer { server.process.kill() }
        try traffic(server)
        #expect(server.stop() == 0)
        let order = ["debug", "info", "warning", "error", "critical"]
        let shown = try #require(order.firstIndex(of: level))
        let messages = try lines(server, "json").map(\.message)
        for (own, message) in Self.expected {
            let isShown = try #require(order.firstIndex(of: own)) >= shown
            #expect(messages.contains(where: { $0.wholeMatch(of: message) != nil }) == isShown, "\(own): \(messages)")
        }
    }
}
