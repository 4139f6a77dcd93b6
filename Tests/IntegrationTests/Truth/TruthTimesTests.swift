import Testing

/// Latency counts from the moment at which a message should have been sent. So it is at least what the server has
/// added, on any machine; and where nothing else runs it is hardly more.
@Suite("Known truths: delays and freezes")
struct TruthTimesTests {
    /// A histogram knows a value within a thousandth.
    private static func isAtLeast(_ nanoseconds: Int?, _ limit: UInt64) -> Bool {
        UInt64(nanoseconds ?? 0) + limit / 1_000 >= limit
    }

    /// How much more than the delay a latency may be: 0.2 ms or 2 %; a debug build takes part of a millisecond to send
    /// and to read.
    private static func tolerance(_ nanoseconds: UInt64) -> UInt64 {
        max(TestedBuild.isOptimized ? 200_000 : 1_000_000, nanoseconds / 50)
    }

    private static func run(
        _ plan: TruthPlan, pace: [String] = ["--rate", "\(TruthRun.ratePerSecond)"], duration: String = "500ms",
        io: String = "auto"
    ) throws -> TruthRun {
        try TruthRun(
            plan, pace: pace, duration: duration, program: BroadsideProgram.releasePath ?? BroadsideProgram.path,
            "--io", io)
    }

    /// Delays that are no multiple of the 10 ms between two messages: a deadline is not an arrival.
    @Test(
        "a delay of all deliveries is the latency, to 0.2 ms or 2 %", arguments: [2_500_000, 25_000_000, 145_000_000])
    func delay(nanoseconds: Int) throws {
        let isClose = try Undisturbed.matches {
            let run = try Self.run(TruthPlan(delayNanoseconds: UInt64(nanoseconds)))
            run.expect(received: TruthRun.clients * TruthRun.messages)
            let applied = run.truth.appliedP50Nanoseconds
            #expect(applied >= UInt64(nanoseconds))
            let result = run.result
            #expect(Self.isAtLeast(result.latency.minNanoseconds, UInt64(nanoseconds)))
            #expect(Self.isAtLeast(result.serviceLatency.minNanoseconds, UInt64(nanoseconds)))
            #expect(Self.isAtLeast(result.completion.minNanoseconds, UInt64(nanoseconds)))
            #expect(Self.isAtLeast(result.latency.p50Nanoseconds, applied))
            guard !run.isSaturated else { return .saysNothing }
            let latency = UInt64(result.latency.p50Nanoseconds ?? 0)
            return latency <= applied + Self.tolerance(applied) ? .matches : .differs
        }
        #expect(isClose)
    }

    @Test("with one message in flight a delay is the time of a message, and sets the pace")
    func delayInClosedLoop() throws {
        let delay: UInt64 = 25_000_000
        let isClose = try Undisturbed.matches {
            let run = try Self.run(
                TruthPlan(delayNanoseconds: delay), pace: ["--in-flight", "1"], duration: "1s")
            // The server's count of messages is the truth; there can be no more than fit one after another.
            try #require(run.truth.messages > 0)
            #expect(run.truth.messages <= 40)
            run.expect(received: TruthRun.clients * run.truth.messages)
            let applied = run.truth.appliedP50Nanoseconds
            #expect(Self.isAtLeast(run.result.latency.p50Nanoseconds, applied))
            guard !run.isSaturated else { return .saysNothing }
            let latency = UInt64(run.result.latency.p50Nanoseconds ?? 0)
            return latency <= applied + Self.tolerance(applied) ? .matches : .differs
        }
        #expect(isClose)
    }

    /// Coordinated omission: a generator that waits for the server, or counts from the actual send, has one long
    /// latency to show for a freeze. Here every message that the schedule has within it counts, spread evenly from the
    /// freeze's length down to nothing.
    @Test("a freeze shows in every message that the schedule has within it", arguments: Drivers.available)
    func freeze(io: String) throws {
        let ratePerSecond = 20
        let gapNanoseconds = UInt64(1_000_000_000 / ratePerSecond)
        let freeze = TruthFreeze(atMessage: 4, nanoseconds: 500_000_000)
        let frozenMessages = Int(freeze.nanoseconds / gapNanoseconds)
        let messages = 24
        let isAsScheduled = try Undisturbed.matches {
            let run = try Self.run(
                TruthPlan(freeze: freeze), pace: ["--rate", "\(ratePerSecond)"], duration: "1200ms", io: io)
            run.expect(received: TruthRun.clients * messages)
            let latencies = try LatencyCounts(run.result)
            var isExact = true
            for index in 0..<frozenMessages {
                // The message `index` gaps into the freeze waits for the rest of it; half a gap lies to either side.
                let limit = freeze.nanoseconds - UInt64(index) * gapNanoseconds - gapNanoseconds / 2
                let count = latencies.count(atLeast: limit)
                let expected = (index + 1) * TruthRun.clients
                #expect(count >= expected, "messages that waited more than \(limit) ns")
                if count != expected { isExact = false }
            }
            #expect(Self.isAtLeast(run.result.latency.maxNanoseconds, freeze.nanoseconds))
            guard !run.isSaturated else { return .saysNothing }
            return isExact ? .matches : .differs
        }
        #expect(isAsScheduled)
    }
}
