import Glibc
import Recording
import Testing

@testable import Server

/// Four threads of clients against a server with four loops. `scripts/stress` runs it long and under a sanitizer.
///
/// `BROADSIDE_STRESS_SECONDS` and `BROADSIDE_STRESS_SEED` set its length and what its clients do.
@Suite("Stress", .serialized)
struct StressTests {
    private static let threads = 4
    private static let seconds = environment("BROADSIDE_STRESS_SECONDS") ?? 2
    private static let seed = environment("BROADSIDE_STRESS_SEED") ?? 1

    private static func environment(_ name: String) -> UInt64? {
        getenv(name).flatMap { UInt64(String(cString: $0)) }
    }

    @Test(
        "four threads join, leave, subscribe, count and broadcast: every delivery is accounted for",
        arguments: ServerVariant.all.filter { $0.threads == 1 })
    func everyDelivery(variant: ServerVariant) throws {
        let server = try RunningServer(ServerVariant(io: variant.io, threads: Self.threads)) { configuration in
            configuration.backlogBytes = 1 << 28
            configuration.drainTimeoutNanoseconds = 20_000_000_000
        }
        let clock = StressClock()
        // Of each kind one that reads what comes, and one that is slow to.
        let witnesses = try [true, false].flatMap { isRelay in
            try [nil, 1 << 16].map { try StressClient(server, clock, isRelay: isRelay, receiveBufferBytes: $0) }
        }
        let actors = try (0..<Self.threads).map {
            try StressActor(server, clock, seed: Self.seed &* 1_000 &+ UInt64($0))
        }
        let deadline = MonotonicInstant.now().advanced(byNanoseconds: Self.seconds * 1_000_000_000)
        try Threads.run(witnesses.count + 1) { index in
            if index < witnesses.count {
                if index % 2 == 1 { try witnesses[index].dawdle(until: deadline) }
                return try witnesses[index].hearAll()
            }
            // Whatever happens, the server ends: the witnesses wait for that.
            defer { server.beginToStop() }
            try Threads.run(actors.count) { try actors[$0].run(until: deadline) }
            try Self.finish(actors, witnesses.count)
        }
        for actor in actors { try actor.hearAll() }
        server.stop()
        check(actors, witnesses)
    }

    /// When all is quiet the server's count of clients is exact, and so is what it says about its recipients.
    private static func finish(_ actors: [StressActor], _ witnesses: Int) throws {
        let clients = actors.flatMap(\.clients)
        try SlowClientTests.await { try actors[0].activeConnections() == clients.count + witnesses }
        let listeners = clients.count { $0.topics.contains(.gesture) } + witnesses / 2
        let recipients = try actors[0].postGesture()
        guard recipients == listeners else { throw TestFailure("\(recipients) recipients of \(listeners)") }
        try actors[0].ask()
    }

    private func check(_ actors: [StressActor], _ witnesses: [StressClient]) {
        let messages = actors.flatMap(\.messages)
        let stories = actors.flatMap { $0.stories + $0.clients.map(\.story) } + witnesses.map(\.story)
        var model = DeliveryModel(
            messages, orders: [0, 2].map { witnesses[$0].story.messages })
        for story in stories { model.check(story) }
        model.checkRecipients(of: stories, mayHaveMissed: actors.reduce(0) { $0 + $1.lostListeners })
        let deliveries = stories.reduce(0) { $0 + $1.messages.count }
        #expect(messages.count > 50 && deliveries > messages.count, "nothing much has happened")
        #expect(
            model.violations.isEmpty,
            "seed \(Self.seed), \(model.violations.count) in all, the first: \(model.violations.prefix(10))")
    }
}
