import TestSupport
import Testing

@Suite("curl against broadside serve: http and https")
struct CurlTests {
    /// A driver and what is spoken over it.
    struct Case: Sendable, CustomStringConvertible {
        let io: String
        let wire: Wire

        var description: String { "\(io), \(wire.httpScheme)" }

        static let all: [Case] = Drivers.available.flatMap { io in
            Wire.allCases.map { Case(io: io, wire: $0) }
        }

        func server() throws -> TestServer {
            try TestServer(
                arguments: ["--io", io, "--relay", "--compression", "on"] + wire.serverArguments())
        }
    }

    private static let gesture =
        #"{"type":"wave","position":{"x":0.5,"y":-0.25},"confidence":0.92,"timestamp":1640000000000}"#

    private func curl(_ server: TestServer, _ arguments: String...) throws -> ChildProcess {
        try ChildProcess.run("curl", try server.wire.curlArguments() + ["-sS", "-m", "20"] + arguments)
    }

    @Test("requests one after another share a connection", arguments: Case.all)
    func keepAlive(curlCase: Case) throws {
        let server = try curlCase.server()
        defer { server.process.kill() }
        let health = server.httpURL("/healthz")
        let child = try curl(server, "-w", "%{http_code} %{num_connects}\n", health, health, health)
        #expect(child.exitCode == 0, "\(child.errorText)")
        #expect(child.outputText == "ok\n200 1\nok\n200 0\nok\n200 0\n")
    }

    @Test("HEAD has the head alone", arguments: Case.all)
    func head(curlCase: Case) throws {
        let server = try curlCase.server()
        defer { server.process.kill() }
        let child = try curl(server, "-I", server.httpURL("/healthz"))
        #expect(child.exitCode == 0, "\(child.errorText)")
        #expect(child.outputText.hasPrefix("HTTP/1.1 200 "))
        #expect(child.outputText.hasSuffix("\r\n\r\n"))
    }

    @Test("posted messages are answered, wrong ones with what is wrong", arguments: Case.all)
    func posts(curlCase: Case) throws {
        let server = try curlCase.server()
        defer { server.process.kill() }
        #expect(try server.post("/api/gesture/process", json: Self.gesture) == #"{"success":true,"clients":0}"#)
        let wrong = try curl(
            server, "-o", "/dev/null", "-w", "%{http_code}", "-H", "Content-Type: application/json", "-d", "{",
            server.httpURL("/api/gesture/process"))
        #expect(wrong.outputText == "400")
        let unknown = try curl(
            server, "-o", "/dev/null", "-w", "%{http_code}", server.httpURL("/nothing"))
        #expect(unknown.outputText == "404")
    }

    @Test("a body that waits for permission is invited", arguments: Case.all)
    func expectContinue(curlCase: Case) throws {
        let server = try curlCase.server()
        defer { server.process.kill() }
        let child = try curl(
            server, "-i", "--expect100-timeout", "15", "-H", "Expect: 100-continue",
            "-H", "Content-Type: application/json", "-d", Self.gesture, server.httpURL("/api/gesture/process"))
        #expect(child.exitCode == 0, "\(child.errorText)")
        #expect(child.outputText.hasPrefix("HTTP/1.1 100 "))
        #expect(child.outputText.contains("HTTP/1.1 200 "))
        #expect(child.outputText.hasSuffix(#"{"success":true,"clients":0}"#))
    }

    @Test("an upgrade by hand is answered, and broadcasts follow", arguments: Case.all, [false, true])
    func upgrade(curlCase: Case, isCompressed: Bool) throws {
        let server = try curlCase.server()
        defer { server.process.kill() }
        let fields = [
            "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
        let offer = isCompressed ? ["Sec-WebSocket-Extensions: permessage-deflate"] : []
        let client = try ChildProcess(
            "curl",
            try server.wire.curlArguments() + ["-sS", "--http1.1", "-i", "-N", "-m", "60"]
                + (fields + offer).flatMap { ["-H", $0] } + [server.httpURL("/")])
        defer { client.kill() }
        // curl keeps the answer's head back until something follows it.
        let reached = #"{"success":true,"clients":1}"#
        try #require(
            Deadline.reaches { (try? server.post("/api/gesture/process", json: Self.gesture)) == reached },
            "\(client.errorText)")
        let message = Array(#"{"type":"gesture","data":\#(Self.gesture)}"#.utf8)
        // The frame's first byte: FIN and text, and RSV1 where it is compressed.
        let frameStart = Array("\r\n\r\n".utf8) + [isCompressed ? 0xc1 : 0x81]
        try #require(Deadline.reaches { client.outputBytes.firstRange(of: frameStart) != nil })
        if !isCompressed { #expect(Deadline.reaches { client.outputBytes.firstRange(of: message) != nil }) }
        let head = String(decoding: client.outputBytes.prefix { $0 < 0x80 }, as: UTF8.self)
        #expect(head.hasPrefix("HTTP/1.1 101 "))
        // RFC 6455 §1.3.
        #expect(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
        #expect(head.contains("permessage-deflate; server_no_context_takeover") == isCompressed)
    }

    @Test("older and newer versions of TLS: 1.2 and 1.3 are spoken, 1.1 is not", arguments: Drivers.available)
    func versions(io: String) throws {
        let server = try Case(io: io, wire: .wss).server()
        defer { server.process.kill() }
        let health = server.httpURL("/healthz")
        #expect(try curl(server, "--tls-max", "1.2", health).outputText == "ok\n")
        #expect(try curl(server, "--tlsv1.3", health).outputText == "ok\n")
        #expect(try curl(server, "--tls-max", "1.1", "--tlsv1.0", health).exitCode == 35)
    }

    @Test("who does not trust the authority does not go on; plain HTTP is told what is spoken here")
    func mistakes() throws {
        let server = try Case(io: "auto", wire: .wss).server()
        defer { server.process.kill() }
        let certificates = try TestCertificates.shared.get()
        let health = server.httpURL("/healthz")
        #expect(try ChildProcess.run("curl", ["-sS", "-m", "20", health]).exitCode == 60)
        let other = ["-sS", "-m", "20", "--cacert", certificates.otherAuthority, health]
        #expect(try ChildProcess.run("curl", other).exitCode == 60)
        #expect(try ChildProcess.run("curl", ["-sS", "-m", "20", "-k", health]).outputText == "ok\n")
        let plain = try ChildProcess.run(
            "curl", ["-sS", "-m", "20", "-w", "\n%{http_code}", "http://127.0.0.1:\(server.port)/healthz"])
        #expect(plain.exitCode == 0, "\(plain.errorText)")
        #expect(plain.outputText.contains("wss://"))
        #expect(plain.outputText.hasSuffix("\n400"))
    }
}
