import Testing

@Suite("broadside serve as a server: RFC 6455 and RFC 7692, case by case", .serialized)
struct ServerConformanceTests {
    private func start(io: String) throws -> TestServer {
        try TestServer("--relay", "--compression", "on", "--io", io, "--log-level", "critical")
    }

    /// A client of `/echo`, upgraded.
    private func connect(_ server: TestServer, _ terms: CompressionTerms?) throws -> RawSocket {
        let socket = try RawSocket(port: server.port)
        let offer = terms.map { "Sec-WebSocket-Extensions: \($0.offer)\r\n" } ?? ""
        socket.send(RawWebSocket.upgradeRequest("/echo", extraFields: offer))
        let answer = try RawHead(from: socket)
        try #require(answer.status == "101", "\(answer.firstLine)")
        #expect(answer.value("Sec-WebSocket-Extensions") == terms?.answer)
        return socket
    }

    @Test(
        "what a client sends has to have the outcome of the table", arguments: Drivers.available,
        ConformanceChapter.allCases)
    func chapter(io: String, chapter: ConformanceChapter) throws {
        let server = try start(io: io)
        defer { server.process.kill() }
        let runs = chapter.runs(of: .server)
        try #require(!runs.isEmpty)
        for run in runs {
            let terms = run.testCase.terms
            let peer = ConformancePeer(try connect(server, terms), program: .server, terms: terms)
            let found = peer.play(run)
            guard found != run.testCase.expected else { continue }
            Issue.record("\(run.complaint(found, received: peer.received))")
            // Others would wait as long.
            if found.end == .timedOut { return }
        }
        #expect(server.stop() == 0)
    }

    @Test("each request has to have the answer of the table", arguments: Drivers.available)
    func handshakes(io: String) throws {
        let server = try start(io: io)
        defer { server.process.kill() }
        for handshake in HandshakeTable.all {
            let request = Array(handshake.request.utf8)
            for pieceBytes in [request.count, 7] {
                let socket = try RawSocket(port: server.port)
                socket.sendWithoutDelay()
                for delivery in Chunking.pieces(bytes: pieceBytes).deliveries(of: request) {
                    for piece in delivery { socket.send(piece) }
                }
                let answer = try RawHead(from: socket)
                let name = handshake.sentence
                #expect(answer.status == handshake.status, "\(name): \(answer.firstLine)")
                for (field, value) in handshake.fields {
                    #expect(answer.value(field) == value, "\(name): \(field)")
                }
                for field in handshake.absentFields { #expect(!answer.has(field), "\(name): \(field)") }
            }
        }
        #expect(server.stop() == 0)
    }
}
