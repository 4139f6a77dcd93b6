import Testing

/// Asserts what holds for optimized code: a message costs no allocation on the server's loop, whatever the number of
/// clients. Counted by the server itself (`allocations` of `GET /api/profile`).
///
/// `scripts/test` makes the optimized build first and names it; one that happens to lie there might be of other sources.
@Suite(
    "Costs of the release build: allocations", .serialized,
    .enabled(
        if: BroadsideProgram.releasePath != nil,
        "no release build was named: BROADSIDE_RELEASE=$(swift build -c release --show-bin-path)/broadside"))
struct ReleaseCostTests {
    private static let rounds = 31
    private static let answerEnd = Array(#""schema":"broadside.loops/1"}"#.utf8)

    @Test(
        "a broadcast to 100 clients costs none, neither for a delivery nor for the message",
        arguments: Drivers.available)
    func broadcast(io: String) throws {
        let server = try start(io)
        defer { server.process.kill() }
        let profile = try RawSocket(port: server.port)
        let clients = try (0..<100).map { _ in try RawWebSocket(port: server.port, "/relay") }
        let message = RawWebSocket.Frame(opcode: 2, payload: [UInt8](repeating: 7, count: 64))
        func round() throws {
            clients[0].send(message.opcode, message.payload)
            for client in clients { try #require(client.nextFrame() == message) }
        }
        // The first rounds make buffers that are kept.
        for _ in 0..<10 { try round() }
        #expect(try medianCost(profile, of: round) == 0)
    }

    @Test("control: the buffer of an answer too large to be kept reads 1", arguments: Drivers.available)
    func control(io: String) throws {
        let server = try start(io)
        defer { server.process.kill() }
        let profile = try RawSocket(port: server.port)
        let client = try RawWebSocket(port: server.port, "/echo")
        let message = RawWebSocket.Frame(opcode: 2, payload: [UInt8](repeating: 7, count: 4_000))
        let cost = try medianCost(profile) {
            client.send(message.opcode, message.payload)
            try #require(client.nextFrame() == message)
        }
        #expect(cost == 1)
    }

    private func start(_ io: String) throws -> TestServer {
        try TestServer(program: #require(BroadsideProgram.releasePath), "--io", io, "--threads", "1", "--relay")
    }

    /// The median of many rounds, so that what the server does once a second does not count, less that of asking.
    private func medianCost(_ profile: RawSocket, of round: () throws -> Void) throws -> Int {
        try median(profile, of: round) - median(profile) {}
    }

    private func median(_ profile: RawSocket, of round: () throws -> Void) throws -> Int {
        var last = try allocations(profile)
        var costs: [Int] = []
        for _ in 0..<Self.rounds {
            try round()
            let now = try allocations(profile)
            costs.append(now - last)
            last = now
        }
        return costs.sorted()[costs.count / 2]
    }

    /// Asks on a connection that is kept, so that each answer costs the same.
    private func allocations(_ profile: RawSocket) throws -> Int {
        profile.drop(profile.received.count)
        profile.send("GET /api/profile HTTP/1.1\r\nHost: localhost\r\n\r\n")
        profile.receive { $0.suffix(Self.answerEnd.count) == Self.answerEnd[...] }
        let match = try #require(profile.receivedText.firstMatch(of: /"allocations":(\d+)/))
        return try #require(Int(match.1))
    }
}
