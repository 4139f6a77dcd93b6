import Recording
import Testing

@testable import Server

@Suite("TurnProfile")
struct TurnProfileTests {
    private func count(_ name: String, _ profile: TurnProfile) throws -> UInt64 {
        try LatencyHistogram.decodedV2(#require(profile.encodedHistograms()[name])).count
    }

    @Test("a round is counted with its frames, its deliveries and the queues at that moment")
    func rounds() throws {
        let profile = TurnProfile()
        profile.round(frames: 3, deliveries: 30, waitingClients: 0, stalledClients: 2, slowestBacklogBytes: 1000)
        profile.round(frames: 1, deliveries: 9, waitingClients: 1, stalledClients: 0, slowestBacklogBytes: 0)
        #expect(profile.rounds == 2)
        #expect(profile.roundFrames == 4)
        #expect(profile.roundDeliveries == 39)
        let histograms = profile.encodedHistograms()
        let highest = try histograms.mapValues { try LatencyHistogram.decodedV2($0).max }
        #expect(highest["framesPerRound"] == 3)
        #expect(highest["waitingClients"] == 1)
        #expect(highest["stalledClients"] == 2)
        #expect(highest["slowestBacklogBytes"] == 1000)
    }

    @Test("turns close behind a timed one are not timed")
    func timing() throws {
        let profile = TurnProfile()
        let start = MonotonicInstant(nanoseconds: 1_000_000_000)
        for offset in [0, 50_000, 99_999, 100_000, 150_000, 250_000] {
            profile.submitting(receivedAt: start.advanced(byNanoseconds: offset))
            profile.submitted()
            profile.queued()
        }
        for stage in ["parsingNanoseconds", "sequencingNanoseconds", "queueingNanoseconds"] {
            #expect(try count(stage, profile) == 3)
        }
    }

    @Test("a turn without messages of its own is not timed")
    func othersTurns() throws {
        let profile = TurnProfile()
        profile.submitted()
        profile.queued()
        #expect(try count("queueingNanoseconds", profile) == 0)
    }

    @Test("a sampled turn gives the time of its sends and of the whole way")
    func sampled() throws {
        let profile = TurnProfile()
        let start = MonotonicInstant(nanoseconds: 1_000)
        profile.sent(
            accepted: start, queued: start.advanced(byNanoseconds: 300), settled: start.advanced(byNanoseconds: 1000))
        let histograms = try profile.encodedHistograms().mapValues { try LatencyHistogram.decodedV2($0).max }
        #expect(histograms["sendingNanoseconds"] == 700)
        #expect(histograms["totalNanoseconds"] == 1000)
    }
}
