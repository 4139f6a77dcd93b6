import LoadGen
import Testing

@Suite("Known truths: what becomes of messages")
struct TruthFaultsTests {
    private static let deliveries = TruthRun.clients * TruthRun.messages

    /// Every seventh message, so that the last of the 50 is not among them and what befalls one shows before the end.
    private func run(_ fault: TruthFault?) throws -> TruthRun {
        let run = try TruthRun(TruthPlan(fault: fault))
        #expect(run.result.messages.published == TruthRun.messages)
        #expect(run.result.messages.intended == TruthRun.messages)
        #expect(run.result.clients.disconnected == 0)
        #expect(run.truth.faultyMessages == (fault == nil ? 0 : 7))
        return run
    }

    @Test("a relay without a fault: everything comes once, in order and unchanged")
    func faultless() throws {
        let run = try run(nil)
        run.expect(received: Self.deliveries)
        #expect(run.truth.deliveries == Self.deliveries)
        #expect(run.result.completion.count == TruthRun.messages)
        #expect(run.result.errors.isEmpty)
    }

    @Test("messages that do not come to one client are lost there, and never complete")
    func dropForOne() throws {
        let run = try run(.dropForOne)
        run.expect(received: Self.deliveries - 7, lost: 7)
        #expect(run.truth.deliveries == Self.deliveries - 7)
        #expect(run.result.completion.count == TruthRun.messages - 7)
        #expect(run.result.errors.isEmpty)
    }

    @Test("messages that come to nobody are lost at everybody")
    func dropForAll() throws {
        let run = try run(.dropForAll)
        run.expect(received: Self.deliveries - 7 * TruthRun.clients, lost: 7 * TruthRun.clients)
        #expect(run.result.completion.count == TruthRun.messages - 7)
        #expect(run.result.errors.isEmpty)
    }

    @Test("second copies are counted beside the first ones")
    func duplicate() throws {
        let run = try run(.duplicate)
        run.expect(received: Self.deliveries, duplicated: 7 * TruthRun.clients)
        #expect(run.truth.deliveries == Self.deliveries + 7 * TruthRun.clients)
        #expect(run.result.errors.isEmpty)
    }

    @Test("of two neighbours that are swapped one is reordered")
    func swap() throws {
        let run = try run(.swapWithNext)
        run.expect(received: Self.deliveries, reordered: 7 * TruthRun.clients)
        #expect(run.result.completion.count == TruthRun.messages)
        #expect(run.result.errors.isEmpty)
    }

    @Test("content that is not what was sent is corrupted: altered, or cut off behind the stamp")
    func corrupted() throws {
        let faults: [TruthFault] = [
            .alter, .truncate(bytes: TruthRun.messageBytes - 1), .truncate(bytes: Stamp.encodedBytes),
        ]
        for fault in faults {
            let run = try run(fault)
            run.expect(received: Self.deliveries, corrupted: 7 * TruthRun.clients)
        }
    }

    @Test("what names no message of this run is nobody's, and the message that it was is lost")
    func unknown() throws {
        let faults: [TruthFault] = [
            .foreignRun, .unpublishedSequence, .truncate(bytes: Stamp.encodedBytes - 1), .truncate(bytes: 0),
        ]
        for fault in faults {
            let run = try run(fault)
            run.expect(
                received: Self.deliveries - 7 * TruthRun.clients, lost: 7 * TruthRun.clients,
                unknown: 7 * TruthRun.clients)
        }
    }

    @Test("a server that leaves out the sender: its own copies are what is missing")
    func senderLeftOut() throws {
        let run = try TruthRun(TruthPlan(reach: .everybodyButTheSender))
        run.expect(received: Self.deliveries - TruthRun.messages, lost: TruthRun.messages)
        #expect(run.truth.deliveries == Self.deliveries - TruthRun.messages)
    }

    @Test("several publishers: each one's sequence is followed at each client")
    func severalPublishers() throws {
        let run = try TruthRun(TruthPlan(fault: .dropForAll), "--publishers", "4")
        let lost = TruthRun.messages / 7 * TruthRun.clients
        run.expect(received: Self.deliveries - lost, lost: lost)
    }

    @Test("in echo what is dropped is missing at its sender alone")
    func dropInEcho() throws {
        let run = try TruthRun(TruthPlan(fault: .dropForAll, reach: .theSender), "--mode", "echo")
        run.expect(received: TruthRun.messages - 7, lost: 7)
    }
}
