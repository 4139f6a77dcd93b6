import Testing
import WebSocketWire

@Suite("Known truths: connections that end, or never begin")
struct TruthEndsTests {
    /// An ending, and what the result's errors have to say about it.
    struct Case: Sendable, CustomStringConvertible {
        let ending: TruthEnding
        let errors: [String: Int]

        var description: String { ending.description }

        private static let gone = "disconnected: the peer closed the connection"

        static let all = [
            Case(
                ending: TruthEnding(manner: .closeFrame(.goingAway), atMessage: 10),
                errors: ["closed by the server with 1001": 1, gone: 1]),
            Case(
                ending: TruthEnding(manner: .closeFrame(nil), atMessage: 10),
                errors: ["closed by the server with 1005": 1, gone: 1]),
            Case(ending: TruthEnding(manner: .endOfStream, atMessage: 10), errors: [gone: 1]),
            Case(
                ending: TruthEnding(manner: .reset, atMessage: 10),
                errors: ["disconnected: Connection reset by peer": 1]),
        ]
    }

    /// One message at a time, so that it is known of each which clients are there to receive it.
    private static let lockStep = ["--in-flight", "1"]

    @Test(
        "a client that the server ends loses the message under way and is expected nothing after", arguments: Case.all)
    func ends(endCase: Case) throws {
        let run = try TruthRun(
            TruthPlan(ending: endCase.ending), pace: Self.lockStep, duration: "1s", "--reconnect", "off")
        let before = endCase.ending.atMessage - 1
        let messages = run.truth.messages
        try #require(messages > before + 1)
        #expect(run.truth.ended == 1)
        let clients = TruthRun.clients
        run.expect(received: clients * before + (clients - 1) * (messages - before), lost: 1)
        #expect(run.result.clients.connected == clients)
        #expect(run.result.clients.disconnected == 1)
        #expect(run.result.completion.count == messages - 1)
        #expect(run.result.errors == endCase.errors)
    }

    @Test("a client that comes back is expected what is published from then on", arguments: Case.all)
    func returns(endCase: Case) throws {
        // The specification's first delay is one second.
        let run = try TruthRun(TruthPlan(ending: endCase.ending), pace: Self.lockStep, duration: "3s")
        let before = endCase.ending.atMessage - 1
        let messages = run.truth.messages
        let clients = TruthRun.clients
        try #require(messages > before + 1)
        #expect(run.truth.ended == 1)
        #expect(run.truth.upgraded == clients + 1)
        let received = run.result.deliveries.received
        #expect(received > clients * before + (clients - 1) * (messages - before))
        // The server's own count has at most what it sent before the client had seen its upgrade.
        #expect(received <= run.truth.deliveries)
        run.expect(received: received, lost: 1)
        #expect(run.result.clients.connected == clients)
        #expect(run.result.clients.disconnected == 1)
        #expect(run.result.errors == endCase.errors)
    }

    private static let refusals: [TruthRefusal] = [
        .status("403 Forbidden"), .status("503 Service Unavailable"), .garbage, .silence,
    ]

    @Test("upgrades that are refused are clients that failed; the others have everything", arguments: refusals)
    func refused(refusal: TruthRefusal) throws {
        let run = try TruthRun(
            TruthPlan(refusal: refusal, refusesFrom: 4), clients: 6, "--connect-timeout", "2s")
        run.expect(received: 4 * TruthRun.messages)
        #expect(run.outcome.exitCode == 5)
        #expect(run.truth.refused == 2)
        #expect(run.result.clients.requested == 6)
        #expect(run.result.clients.connected == 4)
        #expect(run.result.clients.failed == 2)
        #expect(run.result.handshake.count == 4)
        #expect(run.result.errors.values.reduce(0, +) == 2)
        if case .status(let status) = refusal {
            #expect(run.result.errors.keys.allSatisfy { $0.contains(status) }, "\(run.result.errors)")
        }
    }

    @Test("a server that refuses everybody: exit 1, one line, no result", arguments: refusals)
    func everybodyRefused(refusal: TruthRefusal) throws {
        let server = try TruthServer(TruthPlan(refusal: refusal, refusesFrom: 0))
        let child = try BroadsideProgram.run(["load", server.url, "--clients", "3", "--connect-timeout", "1s"])
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.outputText.isEmpty)
        #expect(server.finish().refused == 3)
    }

    @Test("a server that never answers a close frame: the load ends all the same", arguments: Drivers.available)
    func closeUnanswered(io: String) throws {
        let run = try TruthRun(TruthPlan(answersClose: false), "--io", io)
        run.expect(received: TruthRun.clients * TruthRun.messages)
        #expect(run.truth.closes == TruthRun.clients)
        #expect(run.result.clients.disconnected == 0)
        #expect(run.result.errors.isEmpty)
    }
}
