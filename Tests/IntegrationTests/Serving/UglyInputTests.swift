import Recording
import Testing

@Suite("broadside serve: input that no honest client sends")
struct UglyInputTests {
    struct Request: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let status: String

        init(_ name: String, _ text: String, _ status: String) {
            testDescription = name
            self.text = text
            self.status = status
        }
    }

    static let requests = [
        Request("noise", "\u{1}\u{7f}\r\n\r\n", "400"),
        Request("a TLS hello", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n", "400"),
        Request("bare line feeds", "GET /healthz HTTP/1.1\nHost: x\n\n", "400"),
        Request("no Host", "GET /healthz HTTP/1.1\r\n\r\n", "400"),
        Request("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"),
        Request(
            "an endless target", "GET /" + String(repeating: "a", count: 200_000) + " HTTP/1.1\r\n\r\n", "431"
        ),
        Request(
            "endless fields", "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "A: b\r\n", count: 20_000),
            "431"),
        Request(
            "two lengths", post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "400"),
        Request("a length below zero", post("Content-Length: -5\r\n\r\n"), "400"),
        Request("a length beyond 64 bits", post("Content-Length: 99999999999999999999\r\n\r\n"), "413"),
        Request("a body beyond 1 MiB", post("Content-Length: 2000000\r\n\r\n"), "413"),
        Request(
            "a chunk beyond 64 bits", post("Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"), "413"),
        Request("an upgrade of another version", upgrade(["13": "8"]), "426"),
        Request("an upgrade with a short key", upgrade(["dGhlIHNhbXBsZSBub25jZQ==": "abcd"]), "400"),
        Request("an upgrade by POST", upgrade(["GET": "POST"]), "405"),
    ]

    private static func post(_ rest: String) -> String {
        "POST /api/gesture/process HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + rest
    }

    private static func upgrade(_ changes: [String: String]) -> String {
        changes.reduce(RawWebSocket.upgradeRequest("/")) { text, change in
            text.split(separator: change.key, omittingEmptySubsequences: false).joined(
                separator: change.value)
        }
    }

    @Test(
        "bad requests are refused with a status and the connection is closed in order",
        arguments: Drivers.available)
    func badRequests(io: String) throws {
        let server = try TestServer("--io", io)
        defer { server.process.kill() }
        for request in Self.requests {
            let socket = try RawSocket(port: server.port)
            socket.send(request.text)
            #expect(socket.receiveAll() == .closed, "\(request.testDescription)")
            #expect(
                socket.receivedText.hasPrefix("HTTP/1.1 \(request.status) "),
                "\(request.testDescription): \(socket.receivedText.prefix(60))")
        }
        #expect(server.stop() == 0)
    }

    struct Violation: Sendable {
        let bytes: [UInt8]
        let closeCode: Int
    }

    static let violations = [
        Violation(bytes: [0x81, 0x02, 0x68, 0x69], closeCode: 1002),
        Violation(bytes: RawWebSocket.frame(0x41, [0x68]), closeCode: 1002),
        Violation(bytes: RawWebSocket.frame(3, []), closeCode: 1002),
        Violation(bytes: RawWebSocket.frame(0xf, []), closeCode: 1002),
        Violation(bytes: RawWebSocket.frame(9, [UInt8](repeating: 0, count: 126)), closeCode: 1002),
        Violation(bytes: RawWebSocket.frame(9, [1], isFinal: false), closeCode: 1002),
        Violation(bytes: RawWebSocket.frame(0, [1]), closeCode: 1002),
        Violation(
            bytes: RawWebSocket.frame(1, [0x61], isFinal: false) + RawWebSocket.frame(1, [0x62]),
            closeCode: 1002),
        Violation(bytes: RawWebSocket.frame(1, [0xff]), closeCode: 1007),
        Violation(
            bytes: RawWebSocket.frame(1, [0xce, 0xba, 0xed], isFinal: false)
                + RawWebSocket.frame(0, [0xa0, 0x80]), closeCode: 1007),
        Violation(bytes: RawWebSocket.frame(8, [3]), closeCode: 1002),
        Violation(bytes: RawWebSocket.frame(8, [0x03, 0xed]), closeCode: 1002),
        Violation(bytes: RawWebSocket.frame(8, [0x03, 0xe8, 0xff]), closeCode: 1007),
        Violation(bytes: [0x82, 0xff] + [UInt8](repeating: 0xff, count: 12), closeCode: 1002),
        Violation(bytes: [0x82, 0xff, 0x40] + [UInt8](repeating: 0, count: 11), closeCode: 1009),
        Violation(bytes: [0x82, 0xff, 0, 0, 0, 0, 0, 0x20, 0, 0, 1, 2, 3, 4], closeCode: 1009),
    ]

    @Test("violations of the protocol are closed with their code", arguments: Drivers.available)
    func violations(io: String) throws {
        let server = try TestServer("--relay", "--io", io, "--log-level", "critical")
        defer { server.process.kill() }
        for (index, violation) in Self.violations.enumerated() {
            let client = try RawWebSocket(port: server.port, "/echo")
            client.socket.send(violation.bytes)
            let frame = client.nextFrame()
            #expect(frame?.opcode == 8 && frame?.closeCode == violation.closeCode, "violation \(index)")
            #expect(client.socket.receiveAll() == .closed, "violation \(index)")
        }
        #expect(server.stop() == 0)
    }

    @Test(
        "a request that comes a byte at a time, or not at all, is given up with 408",
        arguments: Drivers.available)
    func slowRequests(io: String) throws {
        let server = try TestServer("--io", io, "--handshake-timeout", "0.3")
        defer { server.process.kill() }
        let silent = try RawSocket(port: server.port)
        let slow = try RawSocket(port: server.port)
        let request = Array(RawWebSocket.upgradeRequest("/").utf8)
        var sent = 0
        _ = Deadline.reaches {
            if sent < request.count - 1 { slow.send([request[sent]]) }
            sent += 1
            return slow.receive(within: 0.02) { !$0.isEmpty } != .timedOut
        }
        for socket in [silent, slow] {
            #expect(socket.receiveAll() == .closed)
            #expect(socket.receivedText.hasPrefix("HTTP/1.1 408 "))
        }
        #expect(server.stop() == 0)
    }

    @Test(
        "clients beyond --max-clients get 503, and their places are free again after",
        arguments: Drivers.available)
    func tooManyClients(io: String) throws {
        let server = try TestServer("--relay", "--io", io, "--max-clients", "3")
        defer { server.process.kill() }
        do {
            let clients = try (0..<3).map { _ in try RawWebSocket(port: server.port, "/relay") }
            // Their places are taken for as long as they live, which optimised code would make short.
            try withExtendedLifetime(clients) {
                for _ in 0..<20 {
                    let socket = try RawSocket(port: server.port)
                    socket.send(RawWebSocket.upgradeRequest("/relay"))
                    #expect(socket.receiveAll(within: 5) == .closed)
                    #expect(socket.receivedText.hasPrefix("HTTP/1.1 503 "))
                }
            }
        }
        #expect(
            Deadline.reaches {
                guard let socket = try? RawSocket(port: server.port) else { return false }
                socket.send(RawWebSocket.upgradeRequest("/relay"))
                socket.receive(within: 5) { !$0.isEmpty }
                return socket.receivedText.hasPrefix("HTTP/1.1 101 ")
            })
    }

    @Test("connections that come and go leave no descriptor behind", arguments: Drivers.available)
    func noDescriptorsLeft(io: String) throws {
        let server = try TestServer("--relay", "--io", io, "--log-level", "error")
        defer { server.process.kill() }
        let figures = ProcessFigures(pid: server.process.pid)
        let before = try #require(figures.descriptorCount())
        var held: [RawSocket] = []
        for index in 0..<600 {
            let socket = try RawSocket(port: server.port)
            if index % 2 == 0 { socket.send(RawWebSocket.upgradeRequest("/relay")) }
            // Some are dropped while others are held: slots are used again out of order.
            if index % 3 == 0 { held.append(socket) }
        }
        held.removeAll()
        #expect(Deadline.reaches { figures.descriptorCount() == before })
        #expect(server.stop() == 0)
    }
}
