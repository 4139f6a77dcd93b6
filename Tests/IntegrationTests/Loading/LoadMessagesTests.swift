import FoundationEssentials
import Glibc
import Testing
import WebSocketWire

@Suite("broadside load: messages of any protocol")
struct LoadMessagesTests {
    private static let short = ["--duration", "500ms", "--warmup", "0ms"]

    private func relay(_ more: [String] = []) throws -> TestServer {
        try TestServer(arguments: ["--relay", "--log-level", "error"] + more)
    }

    @Test("a template's messages are published and known again, on either driver", arguments: Drivers.available)
    func template(io: String) throws {
        let server = try relay(["--io", io])
        defer { server.process.kill() }
        let template = #"{"n":{{sequence}},"from":{{client}},"at":{"id":"{{stamp}}"},"x":"{{random:8}}"}"#
        let outcome = try LoadOutcome(
            [
                server.url("/relay"), "--clients", "10", "--publishers", "3", "--rate", "200", "--message", template,
                "--io", io,
            ] + Self.short)
        #expect(outcome.result.messages.published == 100)
        #expect(outcome.result.deliveries.expected == 1000)
        #expect(outcome.result.deliveries.received == 1000)
        #expect(outcome.result.deliveries.duplicated == 0)
        #expect(outcome.result.errors.isEmpty)
        #expect(outcome.result.plan.messages?.template == template)
        #expect(outcome.result.plan.messages?.frames == "text")
    }

    @Test("what is published is what the template and the data say, in text frames, or in binary ones with --no-text")
    func content() throws {
        let server = try relay()
        defer { server.process.kill() }
        let folder = try ScratchFolder()
        let (data, file) = (folder.file("data.csv"), folder.file("message.txt"))
        try Data("name,place\nAda,\"a, b\"\nBob,\"say \"\"hi\"\"\"\n".utf8).write(to: URL(filePath: data))
        try Data("{{sequence}}|{{client}}|{{name}}|{{place}}|{{stamp}}".utf8).write(to: URL(filePath: file))
        for (flags, opcode) in [([], 1), (["--no-text"], 2)] as [([String], UInt8)] {
            let listener = try RawWebSocket(port: server.port, "/relay")
            let outcome = try LoadOutcome(
                [
                    server.url("/relay"), "--clients", "1", "--rate", "20", "--duration", "150ms", "--warmup", "0ms",
                    "--message-file", file, "--data", data,
                ] + flags)
            #expect(outcome.result.messages.published == 3)
            #expect(outcome.result.deliveries.received == 3)
            #expect(outcome.result.plan.messages?.dataRows == 2)
            let values = ["Ada|a, b", "Bob|say \"hi\"", "Ada|a, b"]
            for (sequence, value) in values.enumerated() {
                let frame = try #require(listener.nextFrame())
                #expect(frame.opcode == opcode)
                #expect(frame.text.hasPrefix("\(sequence)|0|\(value)|~bs~"), "\(frame.text)")
            }
        }
    }

    @Test("messages too long for one read are known by a stamp at their end", arguments: [40_000, 300_000])
    func long(byteCount: Int) throws {
        let server = try relay(["--compression", "on"])
        defer { server.process.kill() }
        let folder = try ScratchFolder()
        let file = folder.file("message.txt")
        let text = String(repeating: "some more text ~bs~ ", count: byteCount / 20)
        try Data((text + "{{stamp}}").utf8).write(to: URL(filePath: file))
        for compression in ["off", "on"] {
            let outcome = try LoadOutcome(
                [
                    server.url("/relay"), "--clients", "3", "--in-flight", "2", "--message-file", file, "--compression",
                    compression,
                ] + Self.short)
            #expect(outcome.result.messages.published > 0)
            #expect(outcome.result.deliveries.received == 3 * outcome.result.messages.published)
            #expect(outcome.result.errors.isEmpty)
        }
    }

    @Test("--text sends the generator's own payload as text, whose content is still compared")
    func text() throws {
        let server = try relay()
        defer { server.process.kill() }
        let outcome = try LoadOutcome([server.url("/relay"), "--clients", "3", "--rate", "100", "--text"] + Self.short)
        #expect(outcome.result.messages.published == 50)
        #expect(outcome.result.deliveries.received == 150)
        #expect(outcome.result.errors.isEmpty)
        #expect(outcome.result.plan.messages?.frames == "text")
        #expect(outcome.result.plan.messages?.template == nil)
    }

    @Test("a server that sends to the sender too, said not to, delivers messages that nobody expected, and no others")
    func senderReceives() throws {
        let server = try relay()
        defer { server.process.kill() }
        for pace in [["--rate", "100"], ["--in-flight", "4"]] {
            let outcome = try LoadOutcome(
                [server.url("/relay"), "--clients", "5", "--publishers", "2", "--sender-receives", "off"] + pace
                    + Self.short)
            let published = outcome.result.messages.published
            try #require(published > 0)
            #expect(outcome.result.deliveries.expected == 4 * published)
            #expect(outcome.result.deliveries.received == 4 * published)
            #expect(outcome.result.deliveries.lost == 0)
            #expect(outcome.result.completion.count == published)
            // The last own copies may come when the books are closed.
            #expect(outcome.result.errors.count == 1)
            #expect((1...published).contains(outcome.result.errors["messages that no client expected"] ?? 0))
        }
    }

    @Test("a client counts as connected when its subscription is confirmed")
    func subscribed() throws {
        let server = try TestServer("--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [
                server.url("/"), "--mode", "idle", "--clients", "20", "--subscribe",
                #"{"type":"subscribe","channels":["gesture"]}"#, "--subscribed", #""subscribed""#,
            ] + Self.short)
        #expect(outcome.result.clients.connected == 20)
        #expect(outcome.result.clients.disconnected == 0)
        #expect(outcome.result.errors.isEmpty)
        #expect(outcome.result.plan.messages?.subscribe.count == 1)
    }

    @Test("a subscription that is never confirmed is a client that never connected: exit 1")
    func neverConfirmed() throws {
        let server = try relay()
        defer { server.process.kill() }
        let child = try BroadsideProgram.run([
            "load", server.url("/echo"), "--mode", "idle", "--clients", "3", "--connect-timeout", "300ms",
            "--subscribe", "hello {{client}}", "--subscribed", "welcome",
        ])
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.errorText.contains("subscribe: no answer within"), "\(child.errorText)")
    }

    @Test("the server's cookies come back with the client, in one field with those that were given")
    func cookies() throws {
        let listener = try RawListener()
        var heads: [String] = []
        _ = try LoadOutcome([
            "ws://127.0.0.1:\(listener.port)/", "--mode", "idle", "--clients", "1", "--duration", "2500ms", "--warmup",
            "0ms", "--header", "Cookie: mine=x",
        ]) { _ in
            for cookie in ["Set-Cookie: route=a7; Path=/; HttpOnly\r\n", ""] {
                let connection = try #require(listener.next())
                connection.receive { $0.firstRange(of: Array("\r\n\r\n".utf8)) != nil }
                heads.append(connection.receivedText)
                let keyField = try #require(
                    connection.receivedText.split(separator: "\r\n").first { $0.hasPrefix("Sec-WebSocket-Key: ") })
                let key = String(keyField.dropFirst("Sec-WebSocket-Key: ".count))
                connection.send(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: \(AcceptKey.compute(for: key))\r\n\(cookie)\r\n")
                // Long enough for the client to be open, and then it is dropped.
                usleep(200_000)
            }
        }
        try #require(heads.count == 2)
        #expect(heads[0].contains("\r\nCookie: mine=x\r\n"))
        #expect(heads[1].contains("\r\nCookie: mine=x; route=a7\r\n"))
    }
}
