import LoadGen
import Testing

@Suite("TrackerTable")
struct TrackerTableTests {
    private func ledger(published: [Int]) -> MessageLedger {
        var ledger = MessageLedger(publisherCount: published.count)
        for (publisher, count) in published.enumerated() {
            for _ in 0..<count {
                _ = ledger.publish(
                    publisher: publisher, intendedNanoseconds: 0, sentNanoseconds: 0, expectedDeliveries: 1)
            }
        }
        return ledger
    }

    @Test("with every client receiving, a client hears all publishers")
    func everyClient() {
        var table = TrackerTable(clientCount: 2, publisherCount: 3, fanout: .everyClient)
        table.join(1, ledger: ledger(published: [5, 0, 7]))
        #expect(table.publishers(heardBy: 1) == 0..<3)
        for (publisher, published) in ([5, 0, 7] as [UInt64]).enumerated() {
            #expect(table.tracker(client: 1, publisher: publisher)?.pointee.firstExpected == published)
        }
        #expect(table.tracker(client: 0, publisher: 0) == nil)
        #expect(table.tracker(client: 1, publisher: 3) == nil)
        #expect(table.tracker(client: 1, publisher: -1) == nil)
    }

    @Test("with the sender alone receiving, a client hears itself, if it publishes")
    func senderOnly() {
        var table = TrackerTable(clientCount: 4, publisherCount: 2, fanout: .senderOnly)
        for client in [1, 3] { table.join(client, ledger: ledger(published: [5, 6])) }
        for (client, heard) in [0..<1, 1..<2, 2..<2, 2..<2].enumerated() {
            #expect(table.publishers(heardBy: client) == heard)
        }
        #expect(table.tracker(client: 1, publisher: 1)?.pointee.firstExpected == 6)
        #expect(table.tracker(client: 1, publisher: 0) == nil)
        #expect(table.tracker(client: 3, publisher: 3) == nil)
        #expect(table.isJoined(3) == true)
    }

    @Test("where the sender does not receive, a client hears all publishers but itself")
    func everyOtherClient() {
        var table = TrackerTable(clientCount: 3, publisherCount: 2, fanout: .everyOtherClient)
        for client in 0..<3 { table.join(client, ledger: ledger(published: [5, 6])) }
        let heard = (0..<3).map { client in (-1...2).filter { table.hears(client: client, publisher: $0) } }
        #expect(heard == [[1], [0], [0, 1]])
        #expect(table.tracker(client: 0, publisher: 1)?.pointee.firstExpected == 6)
    }

    @Test("a client that joins again starts anew")
    func rejoin() {
        var table = TrackerTable(clientCount: 1, publisherCount: 1, fanout: .everyClient)
        table.join(0, ledger: ledger(published: [0]))
        let outcome = table.tracker(client: 0, publisher: 0)?.pointee.receive(4)
        #expect(outcome == .afterGap(missed: 4))
        table.leave(0)
        #expect(table.isJoined(0) == false)
        #expect(table.joinedCount == 0)
        table.join(0, ledger: ledger(published: [9]))
        #expect(table.joinedCount == 1)
        #expect(table.tracker(client: 0, publisher: 0)?.pointee.outstanding(below: 10) == [9..<10])
    }

    @Test("joining twice, leaving unjoined and a client that does not exist are programmer errors")
    func programmerErrors() async {
        await #expect(processExitsWith: .failure) {
            var table = TrackerTable(clientCount: 1, publisherCount: 1, fanout: .everyClient)
            let ledger = MessageLedger(publisherCount: 1)
            table.join(0, ledger: ledger)
            table.join(0, ledger: ledger)
        }
        await #expect(processExitsWith: .failure) {
            var table = TrackerTable(clientCount: 1, publisherCount: 1, fanout: .everyClient)
            table.leave(0)
        }
        await #expect(processExitsWith: .failure) {
            let table = TrackerTable(clientCount: 1, publisherCount: 1, fanout: .everyClient)
            _ = table.isJoined(1)
        }
    }
}
