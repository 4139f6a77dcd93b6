import Testing

@Suite("Known truths: how messages come over the wire")
struct TruthWireTests {
    private static let deliveries = TruthRun.clients * TruthRun.messages

    private func arrivesWhole(_ plan: TruthPlan, io: String, messageBytes: Int = TruthRun.messageBytes) throws {
        let run = try TruthRun(plan, messageBytes: messageBytes, "--io", io)
        run.expect(received: Self.deliveries)
        #expect(run.truth.deliveries == Self.deliveries)
        #expect(run.truth.pongs == run.truth.pings)
        #expect(run.truth.closes == TruthRun.clients)
        #expect(run.result.completion.count == TruthRun.messages)
        #expect(run.result.errors.isEmpty)
    }

    @Test(
        "fragments are one message, with pings between them and whatever their sizes",
        arguments: Drivers.available)
    func fragments(io: String) throws {
        let messageBytes = TruthRun.messageBytes
        // Empty ones at the beginning, in the middle and at the end; cuts within and right behind the stamp.
        for sizes in [[1], [0, 48, 1], [0, 0, 47, 0, 2], [messageBytes], [messageBytes - 1]] {
            try arrivesWhole(TruthPlan(wire: .fragments(sizes)), io: io)
        }
        try arrivesWhole(TruthPlan(wire: .fragments([70_000, 1, 65_536])), io: io, messageBytes: 150_000)
    }

    @Test("a byte at a time", arguments: Drivers.available)
    func singleBytes(io: String) throws {
        try arrivesWhole(TruthPlan(wire: .singleBytes), io: io)
    }

    @Test("many frames in one write are as many messages, each as late as it is", arguments: Drivers.available)
    func coalesced(io: String) throws {
        let messagesPerWrite = 10
        let run = try TruthRun(TruthPlan(wire: .coalesced(messagesPerWrite)), "--io", io)
        run.expect(received: Self.deliveries)
        #expect(run.result.errors.isEmpty)
        // A message cannot arrive before the one that it waits for has been published.
        let latencies = try LatencyCounts(run.result)
        let gapNanoseconds = UInt64(1_000_000_000 / TruthRun.ratePerSecond)
        let writes = TruthRun.messages / messagesPerWrite
        for waited in 1..<messagesPerWrite {
            // Half a gap less, as the histogram rounds.
            let limit = UInt64(waited) * gapNanoseconds - gapNanoseconds / 2
            let expected = writes * (messagesPerWrite - waited) * TruthRun.clients
            #expect(latencies.count(atLeast: limit) >= expected, "\(waited) gaps")
        }
    }

    @Test("each ping is answered with its own payload, in order", arguments: Drivers.available)
    func pings(io: String) throws {
        let run = try TruthRun(TruthPlan(fault: .ping), "--io", io)
        run.expect(received: Self.deliveries)
        #expect(run.truth.pings == 7 * TruthRun.clients)
        #expect(run.truth.pongs == 7 * TruthRun.clients)
        #expect(run.result.errors.isEmpty)
    }
}
