import LoadGen
import Testing

@Suite("MessageLedger")
struct MessageLedgerTests {
    private func publish(
        _ ledger: inout MessageLedger, publisher: Int = 0, intended: UInt64 = 10, expecting: Int = 1
    ) -> UInt64 {
        ledger.publish(
            publisher: publisher, intendedNanoseconds: intended, sentNanoseconds: intended + 1,
            expectedDeliveries: expecting)
    }

    @Test("each publisher's messages are numbered from 0")
    func numbering() {
        var ledger = MessageLedger(publisherCount: 2)
        let numbers = [0, 1, 0, 0, 1].map { publish(&ledger, publisher: $0) }
        #expect(numbers == [0, 0, 1, 2, 1])
        #expect(ledger.publishedCount(of: 0) == 3)
        #expect(ledger.publishedCount(of: 1) == 2)
    }

    @Test("the last delivery completes a message, with its first and last arrival")
    func completion() {
        var ledger = MessageLedger(publisherCount: 1)
        ledger.startCounting()
        let sequence = publish(&ledger, intended: 100, expecting: 3)
        let deliveries = [250, 300, 420].map {
            ledger.deliver(publisher: 0, sequence: sequence, atNanoseconds: $0)
        }
        #expect(deliveries.map(\.?.isLast) == [false, false, true])
        #expect(
            deliveries.map(\.?.completion) == [
                nil, nil, Delivery.Completion(firstArrivalNanoseconds: 250, lastArrivalNanoseconds: 420),
            ])
        #expect(deliveries.allSatisfy { $0?.intendedNanoseconds == 100 && $0?.sentNanoseconds == 101 })
        #expect(deliveries.allSatisfy { $0?.isCounted == true })
        let more = ledger.deliver(publisher: 0, sequence: sequence, atNanoseconds: 500)
        #expect(more == nil)
    }

    @Test("a message that a client left without is over in the end, but never completes", arguments: 0..<3)
    func withdrawal(position: Int) {
        var ledger = MessageLedger(publisherCount: 1)
        ledger.startCounting()
        let sequence = publish(&ledger, expecting: 3)
        for step in 0..<3 {
            #expect(ledger.outstandingCount == 1)
            if step == position {
                let isLost = ledger.withdraw(publisher: 0, sequence: sequence)
                #expect(isLost)
            } else {
                let delivery = ledger.deliver(publisher: 0, sequence: sequence, atNanoseconds: 50)
                #expect(delivery?.isLast == (step == 2))
                #expect(delivery?.completion == nil)
            }
        }
        #expect(ledger.outstandingCount == 0)
        let isLost = ledger.withdraw(publisher: 0, sequence: sequence)
        #expect(!isLost)
    }

    @Test("messages of the warm-up are outstanding as any other, but count nowhere")
    func warmUp() {
        var ledger = MessageLedger(publisherCount: 1)
        let warmUp = publish(&ledger, expecting: 2)
        ledger.startCounting()
        let counted = publish(&ledger, expecting: 2)
        ledger.startCounting()
        #expect(ledger.outstandingCount == 2)
        let isLost = ledger.withdraw(publisher: 0, sequence: warmUp)
        #expect(!isLost)
        let deliveries = [warmUp, counted].map {
            ledger.deliver(publisher: 0, sequence: $0, atNanoseconds: 20)
        }
        #expect(deliveries.map(\.?.isCounted) == [false, true])
        let lost = ledger.expire(intendedBeforeNanoseconds: .max)
        #expect(lost == 1)
        #expect(ledger.outstandingCount == 0)
    }

    @Test("the oldest outstanding message is found over all publishers")
    func oldestOutstanding() {
        var ledger = MessageLedger(publisherCount: 3)
        #expect(ledger.oldestOutstandingIntendedNanoseconds == nil)
        _ = publish(&ledger, publisher: 2, intended: 30)
        _ = publish(&ledger, publisher: 0, intended: 40)
        _ = publish(&ledger, publisher: 2, intended: 50)
        #expect(ledger.oldestOutstandingIntendedNanoseconds == 30)
        _ = ledger.deliver(publisher: 2, sequence: 0, atNanoseconds: 60)
        #expect(ledger.oldestOutstandingIntendedNanoseconds == 40)
        let lost = ledger.expire(intendedBeforeNanoseconds: 45)
        #expect(lost == 0)
        #expect(ledger.oldestOutstandingIntendedNanoseconds == 50)
        #expect(ledger.outstandingCount == 1)
    }

    @Test(
        "a publisher or sequence that does not exist is nothing outstanding",
        arguments: [(0, 1), (0, .max), (1, 0), (-1, 0), (Int.max, 0), (Int.min, .max)] as [(Int, UInt64)])
    func unknown(publisher: Int, sequence: UInt64) {
        var ledger = MessageLedger(publisherCount: 1)
        ledger.startCounting()
        _ = publish(&ledger)
        let delivery = ledger.deliver(publisher: publisher, sequence: sequence, atNanoseconds: 20)
        let isLost = ledger.withdraw(publisher: publisher, sequence: sequence)
        #expect(delivery == nil)
        #expect(!isLost)
        #expect(ledger.isCounted(publisher: publisher, sequence: sequence) == false)
        #expect(ledger.outstandingCount == 1)
    }

    @Test("ten thousand publishers with a few messages each are kept apart")
    func manyPublishers() {
        var ledger = MessageLedger(publisherCount: 10_000)
        for round in UInt64(0)..<3 {
            for publisher in 0..<10_000 {
                _ = publish(&ledger, publisher: publisher, intended: round * 1_000_000 + UInt64(publisher))
            }
        }
        #expect(ledger.outstandingCount == 30_000)
        var intended: UInt64 = 0
        for publisher in (0..<10_000).reversed() {
            let delivery = ledger.deliver(publisher: publisher, sequence: 1, atNanoseconds: 9_000_000)
            intended += delivery?.intendedNanoseconds ?? 0
        }
        #expect(intended == 10_000 * 1_000_000 + 9_999 * 10_000 / 2)
        #expect(ledger.outstandingCount == 20_000)
    }

    @Test("publishing for a publisher that does not exist is a programmer error")
    func noSuchPublisher() async {
        await #expect(processExitsWith: .failure) {
            var ledger = MessageLedger(publisherCount: 1)
            _ = ledger.publish(
                publisher: 1, intendedNanoseconds: 0, sentNanoseconds: 0, expectedDeliveries: 1)
        }
    }
}
