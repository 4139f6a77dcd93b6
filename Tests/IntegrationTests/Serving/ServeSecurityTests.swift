import FoundationEssentials
import Testing

@Suite("broadside serve: tokens, origins and rates from the command line")
struct ServeSecurityTests {
    /// The answer to one request, as text.
    private func answer(_ server: TestServer, _ path: String, _ fields: String = "") throws -> String {
        let socket = try RawSocket(port: server.port)
        socket.send("GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(fields)\r\n")
        #expect(socket.receiveAll() == .closed)
        return socket.receivedText
    }

    @Test("--token-file: one token a line, by subprotocol or bearer", arguments: Drivers.available)
    func tokens(io: String) throws {
        let folder = try ScratchFolder()
        defer { withExtendedLifetime(folder) {} }
        let file = folder.file("tokens")
        try Data("# who may\nalpha.1\r\n\n  beta-2  \n".utf8).write(to: URL(filePath: file))
        let server = try TestServer("--io", io, "--relay", "--token-file", file)
        defer { server.process.kill() }
        for fields in [
            "Sec-WebSocket-Protocol: alpha.1\r\n", "Sec-WebSocket-Protocol: beta-2\r\n",
            "Authorization: Bearer alpha.1\r\n", "Authorization: bearer beta-2\r\n",
        ] {
            let client = try RawWebSocket(port: server.port, "/echo", extraFields: fields)
            client.send("in")
            #expect(client.nextFrame()?.text == "in")
        }
        for fields in ["", "Sec-WebSocket-Protocol: alpha\r\n", "Authorization: Bearer # who may\r\n"] {
            let client = try RawWebSocket(port: server.port, "/echo", extraFields: fields)
            let frame = client.nextFrame()
            #expect(frame?.closeCode == 1008)
            #expect(frame?.payload.dropFirst(2).elementsEqual("Unauthorized".utf8) == true)
        }
        #expect(try answer(server, "/healthz").hasPrefix("HTTP/1.1 200 "))
        #expect(try answer(server, "/").hasPrefix("HTTP/1.1 200 "))
        let refusal = try answer(server, "/api/metrics")
        #expect(refusal.hasPrefix("HTTP/1.1 401 "))
        #expect(refusal.contains("\r\nWWW-Authenticate: Bearer"))
        #expect(try answer(server, "/api/metrics", "Authorization: Bearer beta-2\r\n").hasPrefix("HTTP/1.1 200 "))
        #expect(server.stop() == 0)
        #expect(!server.process.errorText.contains("alpha.1"), "tokens are not logged")
    }

    @Test("the upgrade that is refused by 1008 echoes the subprotocol that was offered")
    func echoedSubprotocol() throws {
        let folder = try ScratchFolder()
        defer { withExtendedLifetime(folder) {} }
        let file = folder.file("tokens")
        try Data("alpha\n".utf8).write(to: URL(filePath: file))
        let server = try TestServer("--token-file", file)
        defer { server.process.kill() }
        let socket = try RawSocket(port: server.port)
        socket.send(RawWebSocket.upgradeRequest("/", extraFields: "Sec-WebSocket-Protocol: nope, chat\r\n"))
        #expect(socket.receiveAll() == .closed)
        #expect(socket.receivedText.hasPrefix("HTTP/1.1 101 "))
        #expect(socket.receivedText.contains("\r\nSec-WebSocket-Protocol: nope\r\n"))
    }

    @Test("--allowed-origin, several times")
    func origins() throws {
        let server = try TestServer(
            "--allowed-origin", "https://app.example", "--allowed-origin", "http://localhost:5173")
        defer { server.process.kill() }
        for (origin, status) in [
            ("https://app.example", "101"), ("http://localhost:5173", "101"), ("http://localhost", "403"),
            ("https://app.example.evil", "403"), ("null", "403"),
        ] {
            let socket = try RawSocket(port: server.port)
            socket.send(RawWebSocket.upgradeRequest("/", extraFields: "Origin: \(origin)\r\n"))
            socket.receive { !$0.isEmpty }
            #expect(socket.receivedText.hasPrefix("HTTP/1.1 \(status) "), "\(origin)")
            let health = try answer(server, "/healthz", "Origin: \(origin)\r\n")
            #expect(health.hasPrefix("HTTP/1.1 \(status == "101" ? "200" : "403") "), "\(origin)")
        }
        #expect(try answer(server, "/healthz").hasPrefix("HTTP/1.1 200 "))
        #expect(server.stop() == 0)
    }

    @Test("--rate-limit: past it the error message, and the connection stays", arguments: Drivers.available)
    func rateLimit(io: String) throws {
        let server = try TestServer("--io", io, "--rate-limit", "0.001")
        defer { server.process.kill() }
        let client = try RawWebSocket(port: server.port, "/")
        for _ in 0..<3 { client.send(#"{"type":"ping"}"#) }
        #expect(client.nextFrame()?.text.contains("pong") == true)
        #expect(client.nextFrame()?.text.contains(#""code":"RATE_LIMIT""#) == true)
        client.send(8, [0x03, 0xe8])
        var last = client.nextFrame()
        while let frame = last, frame.opcode == 1 { last = client.nextFrame() }
        #expect(last?.closeCode == 1000)
        #expect(server.stop() == 0)
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        let exitCode: Int32
        var testDescription: String { arguments.joined(separator: " ") }
    }

    private static let wrongUsage = [
        ["--rate-limit", "0"], ["--rate-limit=-1"], ["--rate-limit", "nan"], ["--rate-limit", "1e300"],
        ["--rate-limit", "fast"], ["--rate-limit"], ["--allowed-origin", "app.example"], ["--allowed-origin", ""],
        ["--allowed-origin", "https://app.example/"], ["--allowed-origin", "https://*.example"],
        ["--allowed-origin", "https://app.example:0"], ["--token-file"], ["--tls-certificate", "c.pem"],
        ["--tls-key", "k.pem"], ["--compression", "maybe"], ["--ai-url", "ai.example"], ["--ai-url", ""],
        ["--ai-url", "ftp://ai.example"], ["--ai-url", "http://h:0"], ["--ai-model", "m"],
        ["--ai-timeout", "0"], ["--ai-timeout", "nan"], ["--ai-timeout", "86401"], ["--ai-concurrency", "0"],
        ["--ai-concurrency", "x"], ["--ai-url", "http://127.0.0.1:9", "--ai-timeout=-1"],
    ].map { Mistake(arguments: $0, exitCode: 64) }

    private static let failures = [
        ["--token-file", "/nonexistent/tokens"], ["--token-file", "/tmp"], ["--token-file", "/dev/null"],
        ["--tls-certificate", "/nonexistent/c.pem", "--tls-key", "/nonexistent/k.pem"],
        ["--tls-certificate", "/dev/null", "--tls-key", "/dev/null"],
    ].map { Mistake(arguments: $0, exitCode: 1) }

    @Test(
        "wrong values end it with 64, files that cannot be read with 1, each with one line",
        arguments: wrongUsage + failures)
    func mistakes(mistake: Mistake) throws {
        let child = try BroadsideProgram.run(["serve", "--port", "0"] + mistake.arguments)
        #expect(child.exitCode == mistake.exitCode)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.errorText.hasPrefix("broadside: "))
        #expect(child.outputText.isEmpty)
        if mistake.exitCode == 1 { #expect(child.errorText.contains(mistake.arguments[1])) }
    }

    @Test("a file of tokens that is not as it should be says where, and no token")
    func badTokenFile() throws {
        let folder = try ScratchFolder()
        defer { withExtendedLifetime(folder) {} }
        let file = folder.file("tokens")
        try Data("good-token\nsecret words\n".utf8).write(to: URL(filePath: file))
        let child = try BroadsideProgram.run(["serve", "--port", "0", "--token-file", file])
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1)
        #expect(child.errorText.contains("\(file): line 2, column 7: "))
        #expect(!child.errorText.contains("secret") && !child.errorText.contains("good-token"))
    }
}
