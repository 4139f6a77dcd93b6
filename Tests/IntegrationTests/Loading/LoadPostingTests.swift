import Glibc
import Testing

@Suite("broadside load: publishing by HTTP POST")
struct LoadPostingTests {
    private static let short = ["--duration", "500ms", "--warmup", "0ms"]
    private static let gesture =
        #"{"type":"wave","position":{"x":1.5,"y":2},"confidence":0.5,"load":{"id":"{{stamp}}","n":{{sequence}}}}"#

    private func posting(_ server: TestServer, _ message: String = gesture) -> [String] {
        [
            server.url("/"), "--publish-url", server.httpURL("/api/gesture/process"), "--message", message,
            "--subscribe", #"{"type":"subscribe","channels":["gesture"]}"#, "--subscribed", #""subscribed""#,
        ]
    }

    @Test("what is posted reaches every subscriber, wrapped, and is known by its stamp", arguments: Drivers.available)
    func openLoop(io: String) throws {
        let server = try TestServer("--io", io, "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            posting(server) + ["--clients", "8", "--publishers", "3", "--rate", "200", "--io", io] + Self.short)
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(outcome.result.messages.intended == 100)
        #expect(outcome.result.messages.published == 100)
        #expect(outcome.result.deliveries.expected == 800)
        #expect(outcome.result.deliveries.received == 800)
        #expect(outcome.result.deliveries.lost == 0)
        #expect(outcome.result.completion.count == 100)
        #expect(outcome.result.clients.connected == 8)
        #expect(outcome.result.errors.isEmpty)
        #expect(outcome.result.plan.publishers == 3)
        #expect(outcome.result.plan.messages?.publishURL == server.httpURL("/api/gesture/process"))
        #expect(outcome.result.plan.messages?.frames == "text")
    }

    @Test("a closed loop posts when a message is complete, with more publishers than clients too")
    func closedLoop() throws {
        let server = try TestServer("--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            posting(server) + ["--clients", "2", "--publishers", "4", "--in-flight", "3"] + Self.short)
        #expect(outcome.result.messages.published > 3)
        #expect(outcome.result.deliveries.received == 2 * outcome.result.messages.published)
        #expect(outcome.result.errors.isEmpty)
    }

    @Test("https, with an authority of its own")
    func secure() throws {
        let server = try TestServer(arguments: ["--log-level", "error"] + Wire.wss.serverArguments())
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            posting(server) + ["--clients", "3", "--publishers", "2", "--rate", "100", "--insecure"] + Self.short)
        #expect(outcome.result.messages.published == 50)
        #expect(outcome.result.deliveries.received == 150)
        #expect(outcome.result.errors.isEmpty)
    }

    @Test("what the server refuses is an error with its status, and lost")
    func refused() throws {
        let server = try TestServer("--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            posting(server, #"{"type":"wave","id":"{{stamp}}"}"#) + ["--clients", "4", "--rate", "40"] + Self.short)
        #expect(outcome.exitCode == 5)
        #expect(outcome.result.messages.published == 20)
        #expect(outcome.result.deliveries.lost == 80)
        #expect(outcome.result.errors == ["publish refused: 400": 20])
    }

    @Test("nobody to post to: exit 1, one line, no result")
    func unreachable() throws {
        let server = try TestServer("--log-level", "error")
        defer { server.process.kill() }
        let child = try BroadsideProgram.run([
            "load", server.url("/"), "--clients", "2", "--message", "{{stamp}}", "--publish-url", "http://127.0.0.1:9/",
        ])
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.errorText.contains("nothing could be published"), "\(child.errorText)")
        #expect(child.outputText.isEmpty)
    }

    @Test("a server that closes after each answer is connected to again, and each request is one message")
    func connectionClose() throws {
        let server = try TestServer("--log-level", "error")
        defer { server.process.kill() }
        let listener = try RawListener()
        var requests: [String] = []
        let outcome = try LoadOutcome(
            [
                server.url("/"), "--clients", "2", "--rate", "20", "--message", "<{{sequence}}>{{stamp}}",
                "--publish-url", "http://127.0.0.1:\(listener.port)/in?x", "--publish-header",
                "Content-Type: text/plain", "--grace", "2s",
            ] + Self.short
        ) { _ in
            while requests.count < 10 {
                let connection = try #require(listener.next())
                // "<N>" and a stamp, behind the head.
                connection.receive { bytes in
                    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else { return false }
                    return bytes.count - end == 51
                }
                requests.append(connection.receivedText)
                connection.send("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno")
            }
        }
        #expect(requests.allSatisfy { $0.hasPrefix("POST /in?x HTTP/1.1\r\nHost: 127.0.0.1:\(listener.port)\r\n") })
        #expect(requests.allSatisfy { $0.contains("\r\nContent-Type: text/plain\r\nContent-Length: 51\r\n\r\n") })
        for (number, request) in requests.enumerated() {
            #expect(request.contains("\r\n\r\n<\(number)>~bs~"), "\(request)")
        }
        #expect(requests.count == 10)
        #expect(outcome.exitCode == 5)
        #expect(outcome.result.messages.published == 10)
        #expect(outcome.result.errors == ["publish refused: 429": 10])
    }

    @Test("while answers are awaited the schedule goes on: latency counts from when a message should have gone")
    func waiting() throws {
        let server = try TestServer("--log-level", "error")
        defer { server.process.kill() }
        let listener = try RawListener()
        let outcome = try LoadOutcome(
            [
                server.url("/"), "--clients", "1", "--rate", "10", "--message", "{{stamp}}", "--publish-url",
                "http://127.0.0.1:\(listener.port)/", "--grace", "3s",
            ] + Self.short
        ) { _ in
            let connection = try #require(listener.next())
            for count in 1...5 {
                connection.receive { bytes in
                    String(decoding: bytes, as: UTF8.self).ranges(of: "POST / HTTP/1.1").count == count
                        && bytes.suffix(48).starts(with: "~bs~".utf8)
                }
                if count == 1 { usleep(700_000) }
                connection.send("HTTP/1.1 204 No Content\r\n\r\n")
            }
        }
        // All of them went out, though four of them after the end of the measured part.
        #expect(outcome.result.messages.intended == 5)
        #expect(outcome.result.messages.published == 5)
        #expect(outcome.result.deliveries.lost == 5)
        #expect(outcome.result.errors.isEmpty)
    }
}
