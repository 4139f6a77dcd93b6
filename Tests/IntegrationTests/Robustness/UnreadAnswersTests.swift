import Glibc
import Recording
import Testing

/// Clients that send requests without end and read no answer.
@Suite("Robustness: unread answers", .serialized)
struct UnreadAnswersTests {
    private static let floodCount = TestedBuild.isOptimized ? 20 : 4
    /// What a client sends that nobody stops.
    private static let endlessBytes = 48 << 20

    // MARK: What is promised

    /// For each client: 1 MiB of answers made before its socket was seen to be full, in a buffer that doubles, and
    /// what the kernel had handed over by then.
    private static let clientLimitBytes = 4 << 20
    /// Receive buffers of the loop (16 MiB), and what the allocator keeps.
    private static let constantBytes = 24 << 20

    struct Case: CustomTestStringConvertible, Sendable {
        let io: String
        let kind: Flood.Kind
        var testDescription: String { "\(kind.testDescription) with \(io)" }

        static let all = Drivers.available.flatMap { io in Flood.Kind.all.map { Case(io: io, kind: $0) } }
    }

    @Test(
        "who does not read is not read from, others are served, and in the end each request has its answer",
        arguments: Case.all)
    func unread(of test: Case) throws {
        let server = try TestedBuild.start(test.io, ["--heartbeat-interval", "600", "--handshake-timeout", "600"])
        defer { server.process.kill() }
        let process = ProcessFigures(pid: server.process.pid)
        let other = try RawWebSocket(port: server.port, "/echo")
        let floods = try (0..<Self.floodCount).map { _ in try Flood(port: server.port, test.kind) }
        let before = try #require(process.residentBytes())

        try flood(floods, besides: other)
        for flood in floods {
            #expect(flood.sentBytes >= 64 << 10)
            #expect(flood.sentBytes < Self.endlessBytes, "the server went on reading from it")
        }
        let after = try #require(process.residentBytes())
        let limit = UInt64(Self.floodCount * Self.clientLimitBytes + Self.constantBytes)
        #expect(after < before + limit)

        try readAnswers(floods)
        for flood in floods { #expect(!flood.hasRefusals) }
        try other.roundTrip()
    }

    /// Until nothing more is taken from any of them, however often the server has turned to others meanwhile.
    private func flood(_ floods: [Flood], besides other: RawWebSocket) throws {
        var idleRounds = 0
        while idleRounds < 50 {
            var hasSent = false
            for flood in floods where flood.send(upTo: Self.endlessBytes) { hasSent = true }
            if !hasSent { try other.roundTrip() }
            idleRounds = hasSent ? 0 : idleRounds + 1
        }
    }

    private func readAnswers(_ floods: [Flood]) throws {
        let place = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { place.deallocate() }
        var pending = floods
        let isComplete = try Deadline.reaches(within: 120) {
            // Their buffers are small: many reads between two looks at the clock.
            for _ in 0..<50 { pending.removeAll { $0.readAnswers(through: place) } }
            try #require(pending.allSatisfy { $0.end == nil })
            return pending.isEmpty
        }
        #expect(isComplete)
    }
}
