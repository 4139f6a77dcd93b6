import Testing

@Suite("broadside load as a client: RFC 6455 and RFC 7692, case by case", .serialized)
struct ClientConformanceTests {
    @Test(
        "what a server sends has to have the outcome of the table", arguments: Drivers.available,
        ConformanceChapter.allCases)
    func chapter(io: String, chapter: ConformanceChapter) throws {
        let runs = chapter.runs(of: .client)
        try #require(!runs.isEmpty)
        let clients = try ReflectingClients(count: runs.count, io: io)
        defer { clients.process.kill() }
        for run in runs {
            let terms = run.testCase.terms
            let peer = ConformancePeer(try clients.next(terms), program: .client, terms: terms)
            let found = peer.play(run)
            guard found != run.testCase.expected else { continue }
            Issue.record("\(run.complaint(found, received: peer.received))")
            // Others would wait as long.
            if found.end == .timedOut { return }
        }
        // A busy machine may make it say that its figures are worth nothing (5), which they are not used for.
        let exitCode = clients.wait()
        #expect(exitCode == 0 || exitCode == 5, "\(exitCode): \(clients.process.errorText)")
    }
}
