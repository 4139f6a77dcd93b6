import Testing

@Suite("broadside serve: an AI service from the command line")
struct ServeAITests {
    private static let body = #"{"query":"why?"}"#

    /// Sends a query and leaves its answer to be read.
    private func ask(_ server: TestServer) throws -> RawSocket {
        let socket = try RawSocket(port: server.port)
        socket.send(
            "POST /api/ai/infer HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Content-Length: \(Self.body.utf8.count)\r\n\r\n\(Self.body)")
        return socket
    }

    @Test("without --ai-url the built-in responder answers")
    func builtIn() throws {
        let server = try TestServer()
        defer { server.process.kill() }
        #expect(try server.post("/api/ai/infer", json: Self.body).contains(#""model":"builtin""#))
        #expect(server.stop() == 0)
    }

    @Test(
        "--ai-url and --ai-model say who is asked for what",
        arguments: [([], "llama3.2:latest"), (["--ai-model", "tiny"], "tiny")] as [([String], String)])
    func model(arguments: [String], model: String) throws {
        let service = try RawListener()
        let server = try TestServer(arguments: ["--ai-url", "http://127.0.0.1:\(service.port)/"] + arguments)
        defer { server.process.kill() }
        let asker = try ask(server)
        let call = try #require(service.next())
        let question = #"{"model":"\#(model)","prompt":"why?","stream":false}"#
        call.receive { String(decoding: $0, as: UTF8.self).hasSuffix("\r\n\r\n" + question) }
        #expect(call.receivedText.hasPrefix("POST /api/generate HTTP/1.1\r\n"))
        #expect(call.receivedText.hasSuffix("\r\n\r\n" + question))
        let answer = #"{"response":"because"}"#
        call.send("HTTP/1.1 200 OK\r\nContent-Length: \(answer.utf8.count)\r\n\r\n\(answer)")
        #expect(asker.receiveAll() == .closed)
        #expect(asker.receivedText.hasPrefix("HTTP/1.1 200 "))
        #expect(asker.receivedText.contains(#""response":"because","metadata":{"model":"\#(model)""#))
        #expect(server.stop() == 0)
    }

    @Test("--ai-timeout and --ai-concurrency hold", arguments: Drivers.available)
    func limits(io: String) throws {
        let service = try RawListener()
        let server = try TestServer(
            "--io", io, "--ai-url", "http://127.0.0.1:\(service.port)", "--ai-timeout", "2.5", "--ai-concurrency", "1")
        defer { server.process.kill() }
        let first = try ask(server)
        let call = try #require(service.next())
        let second = try ask(server)
        #expect(second.receiveAll() == .closed)
        #expect(second.receivedText.hasPrefix("HTTP/1.1 503 "))
        #expect(second.receivedText.contains("\r\nRetry-After: "))
        #expect(first.receiveAll() == .closed)
        #expect(first.receivedText.hasPrefix("HTTP/1.1 504 "))
        #expect(first.receivedText.contains("within 2.5 s"))
        withExtendedLifetime(call) {}
        #expect(server.stop() == 0)
    }

    @Test("a service that is not there is an AI_ERROR for everybody")
    func nobodyThere() throws {
        let port = try FreePort.find()
        let server = try TestServer("--ai-url", "http://127.0.0.1:\(port)")
        defer { server.process.kill() }
        let client = try RawWebSocket(port: server.port, "/")
        let asker = try ask(server)
        #expect(asker.receiveAll() == .closed)
        #expect(asker.receivedText.hasPrefix("HTTP/1.1 502 "))
        #expect(asker.receivedText.contains(#""code":"AI_ERROR""#))
        let told = client.nextFrame()?.text
        #expect(told?.hasPrefix(#"{"type":"error","data":{"error":"AI service unavailable","code":"AI_ERROR""#) == true)
        #expect(server.stop() == 0)
    }
}
