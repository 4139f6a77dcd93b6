import LoadGen
import Testing

@Suite("DeliveryBook")
struct DeliveryBookTests {
    /// A counting book whose clients have all joined.
    private func book(clients: Int, publishers: Int = 1, fanout: Fanout = .everyClient) -> DeliveryBook {
        var book = DeliveryBook(clientCount: clients, publisherCount: publishers, fanout: fanout)
        for client in 0..<clients { book.clientJoined(client) }
        book.startCounting()
        return book
    }

    private func publish(_ book: inout DeliveryBook, publisher: Int = 0, intended: UInt64 = 100) -> UInt64 {
        book.publish(publisher: publisher, intendedNanoseconds: intended, sentNanoseconds: intended + 5)
    }

    private func receive(
        _ book: inout DeliveryBook, at client: Int, publisher: Int = 0, _ sequence: UInt64, time: UInt64 = 200
    ) -> Receipt {
        book.receive(client: client, publisher: publisher, sequence: sequence, atNanoseconds: time)
    }

    private func account(
        expected: UInt64 = 0, received: UInt64 = 0, lost: UInt64 = 0, duplicated: UInt64 = 0,
        reordered: UInt64 = 0,
        early: UInt64 = 0, expired: UInt64 = 0, withdrawn: UInt64 = 0
    ) -> DeliveryAccount {
        var account = DeliveryAccount()
        account.expected = expected
        account.received = received
        account.lost = lost
        account.duplicated = duplicated
        account.reordered = reordered
        account.early = early
        account.expired = expired
        account.withdrawn = withdrawn
        return account
    }

    @Test("a message is complete when the last client has it")
    func completion() {
        var book = book(clients: 2)
        let sequence = publish(&book)
        let first = receive(&book, at: 1, sequence, time: 150)
        let second = receive(&book, at: 0, sequence, time: 180)
        #expect(
            first
                == .delivered(
                    Delivery(
                        intendedNanoseconds: 100, sentNanoseconds: 105, isCounted: true, isLast: false,
                        completion: nil), reordered: false))
        let completion = Delivery.Completion(firstArrivalNanoseconds: 150, lastArrivalNanoseconds: 180)
        #expect(
            second
                == .delivered(
                    Delivery(
                        intendedNanoseconds: 100, sentNanoseconds: 105, isCounted: true, isLast: true,
                        completion: completion), reordered: false))
        #expect(book.account == account(expected: 2, received: 2))
        #expect(book.outstandingCount == 0)
    }

    @Test("a copy is counted as duplicated, a late one as received and reordered")
    func duplicatedAndReordered() {
        var book = book(clients: 1)
        for _ in 0..<3 { _ = publish(&book) }
        let receipts = ([0, 2, 0, 1, 1] as [UInt64]).map { receive(&book, at: 0, $0) }
        #expect(receipts[2] == .duplicate)
        #expect(receipts[4] == .duplicate)
        #expect(book.account == account(expected: 3, received: 3, duplicated: 2, reordered: 1))
    }

    @Test("order is a matter of one publisher")
    func orderAcrossPublishers() {
        var book = book(clients: 1, publishers: 2)
        _ = publish(&book, publisher: 0)
        _ = publish(&book, publisher: 1)
        _ = receive(&book, at: 0, publisher: 1, 0)
        _ = receive(&book, at: 0, publisher: 0, 0)
        #expect(book.account == account(expected: 2, received: 2))
    }

    @Test("a client is expected to receive what is published while it is joined")
    func joining() {
        var book = DeliveryBook(clientCount: 2, publisherCount: 1, fanout: .everyClient)
        book.startCounting()
        let before = publish(&book)
        book.clientJoined(0)
        let during = publish(&book)
        let receipts = [
            receive(&book, at: 0, before), receive(&book, at: 0, during), receive(&book, at: 1, during),
        ]
        #expect(receipts[0] == .early)
        #expect(receipts[2] == .early)
        #expect(book.account == account(expected: 1, received: 1, early: 2))
    }

    @Test("what a client has not received when it leaves is lost, and holds no message back")
    func leaving() {
        var book = book(clients: 2)
        for _ in 0..<4 { _ = publish(&book) }
        for sequence in UInt64(0)..<4 { _ = receive(&book, at: 1, sequence) }
        _ = receive(&book, at: 0, 0)
        _ = receive(&book, at: 0, 2)
        #expect(book.outstandingCount == 2)
        book.clientLeft(0)
        #expect(book.outstandingCount == 0)
        #expect(book.account == account(expected: 8, received: 6, lost: 2))
        let afterwards = receive(&book, at: 0, 1)
        #expect(afterwards == .early)
    }

    @Test("what a client has not received when it goes by itself is not expected of it, and holds no message back")
    func withdrawing() {
        var book = book(clients: 2)
        for _ in 0..<4 { _ = publish(&book) }
        for sequence in UInt64(0)..<4 { _ = receive(&book, at: 1, sequence) }
        _ = receive(&book, at: 0, 0)
        _ = receive(&book, at: 0, 2)
        #expect(book.outstandingCount == 2)
        book.clientWithdrew(0)
        #expect(book.outstandingCount == 0)
        #expect(book.account == account(expected: 6, received: 6, withdrawn: 2))
        let afterwards = receive(&book, at: 0, 1)
        #expect(afterwards == .early)
        book.clientJoined(0)
        let heard = publish(&book)
        _ = receive(&book, at: 0, heard)
        _ = receive(&book, at: 1, heard)
        #expect(book.account == account(expected: 8, received: 8, early: 1, withdrawn: 2))
    }

    @Test("what was given up before a client goes by itself stays lost, and the warm-up counts nowhere")
    func withdrawingLate() {
        var book = DeliveryBook(clientCount: 1, publisherCount: 1, fanout: .everyClient)
        book.clientJoined(0)
        _ = publish(&book, intended: 50)
        book.startCounting()
        _ = publish(&book, intended: 100)
        _ = publish(&book, intended: 200)
        book.expire(intendedBeforeNanoseconds: 200)
        book.clientWithdrew(0)
        #expect(book.outstandingCount == 0)
        #expect(book.account == account(expected: 1, lost: 1, withdrawn: 1))
    }

    @Test("a client that joins again is not held to what it lost before")
    func rejoining() {
        var book = book(clients: 1)
        let lost = publish(&book)
        book.clientLeft(0)
        let unheard = publish(&book)
        book.clientJoined(0)
        let heard = publish(&book)
        let receipts = [lost, unheard, heard].map { receive(&book, at: 0, $0) }
        #expect(receipts[0] == .early)
        #expect(receipts[1] == .early)
        #expect(book.account == account(expected: 2, received: 1, lost: 1, early: 2))
    }

    @Test("what is given up is lost once, even if it arrives after all or the client leaves")
    func expiry() {
        var book = book(clients: 2)
        let old = publish(&book, intended: 100)
        let new = publish(&book, intended: 200)
        book.expire(intendedBeforeNanoseconds: 200)
        #expect(book.account == account(expected: 4, lost: 2))
        let afterAll = receive(&book, at: 0, old)
        let again = receive(&book, at: 0, old)
        #expect(afterAll == .expired)
        #expect(again == .duplicate)
        _ = receive(&book, at: 0, new)
        book.clientLeft(1)
        book.finish()
        #expect(book.account == account(expected: 4, received: 1, lost: 3, duplicated: 1, expired: 1))
    }

    @Test("messages of the warm-up are tracked and counted nowhere")
    func warmUp() {
        var book = DeliveryBook(clientCount: 2, publisherCount: 1, fanout: .everyClient)
        for client in 0..<2 { book.clientJoined(client) }
        let warmUp = publish(&book)
        book.countUnknown(byteCount: 10)
        book.countCorrupted()
        #expect(book.isCounting == false)
        book.startCounting()
        #expect(book.isCounting == true)
        #expect(book.outstandingCount == 1)
        let receipt = receive(&book, at: 0, warmUp)
        let copy = receive(&book, at: 0, warmUp)
        guard case .delivered(let delivery, _) = receipt else {
            Issue.record("not delivered: \(receipt)")
            return
        }
        #expect(!delivery.isCounted)
        #expect(copy == .duplicate)
        book.clientLeft(1)
        book.finish()
        #expect(book.account == DeliveryAccount())
    }

    @Test("an echo is expected at its sender alone")
    func senderOnly() {
        var book = book(clients: 3, publishers: 2, fanout: .senderOnly)
        let sequence = publish(&book, publisher: 1)
        let elsewhere = receive(&book, at: 0, publisher: 1, sequence)
        let silent = receive(&book, at: 2, publisher: 1, sequence)
        #expect(elsewhere == .unknown)
        #expect(silent == .unknown)
        _ = receive(&book, at: 1, publisher: 1, sequence)
        #expect(book.account == account(expected: 1, received: 1))
    }

    @Test("where the sender does not receive, a message is expected at all others, and its own copy is not its")
    func everyOtherClient() {
        var book = book(clients: 3, publishers: 2, fanout: .everyOtherClient)
        let sequence = publish(&book, publisher: 1)
        let own = receive(&book, at: 1, publisher: 1, sequence)
        #expect(own == .unknown)
        #expect(book.outstandingCount == 1)
        _ = receive(&book, at: 0, publisher: 1, sequence, time: 150)
        let last = receive(&book, at: 2, publisher: 1, sequence, time: 180)
        guard case .delivered(let delivery, _) = last else {
            Issue.record("not delivered: \(last)")
            return
        }
        #expect(
            delivery.completion
                == Delivery.Completion(firstArrivalNanoseconds: 150, lastArrivalNanoseconds: 180))
        #expect(book.outstandingCount == 0)
        #expect(book.account == account(expected: 2, received: 2))
    }

    @Test("a sender that leaves loses what others sent, and none of its own")
    func everyOtherClientLeaving() {
        var book = book(clients: 3, publishers: 2, fanout: .everyOtherClient)
        let own = publish(&book, publisher: 0)
        _ = publish(&book, publisher: 1)
        book.clientLeft(0)
        #expect(book.account == account(expected: 4, lost: 1))
        _ = receive(&book, at: 1, publisher: 0, own)
        _ = receive(&book, at: 2, publisher: 0, own)
        _ = receive(&book, at: 2, publisher: 1, 0)
        #expect(book.outstandingCount == 0)
        #expect(book.account == account(expected: 4, received: 3, lost: 1))
    }

    @Test("a sender that is not joined takes nobody's place, and one that is alone is heard by nobody")
    func everyOtherClientAlone() {
        var book = book(clients: 2, fanout: .everyOtherClient)
        book.clientLeft(0)
        _ = publish(&book)
        #expect(book.account == account(expected: 1))
        #expect(book.outstandingCount == 1)
        book.clientLeft(1)
        book.clientJoined(0)
        _ = publish(&book)
        #expect(book.outstandingCount == 0)
        #expect(book.account == account(expected: 1, lost: 1))
    }

    @Test("a message that the server refused is lost at once where it is outstanding, and frees its place")
    func givingUp() {
        var book = book(clients: 3)
        let first = publish(&book)
        let refused = publish(&book)
        _ = receive(&book, at: 0, refused)
        book.giveUp(publisher: 0, sequence: refused)
        #expect(book.outstandingCount == 1)
        #expect(book.account == account(expected: 6, received: 1, lost: 2))
        book.giveUp(publisher: 0, sequence: refused)
        book.giveUp(publisher: 0, sequence: 99)
        book.giveUp(publisher: 7, sequence: 0)
        let late = receive(&book, at: 1, refused)
        #expect(late == .expired)
        for client in 0..<3 { _ = receive(&book, at: client, first) }
        #expect(book.outstandingCount == 0)
        // At the clients 0 and 1 it comes after the later one.
        #expect(book.account == account(expected: 6, received: 4, lost: 2, reordered: 2, expired: 1))
    }

    @Test("an echo whose sender is gone is expected nowhere")
    func echoWithoutSender() {
        var book = book(clients: 1, fanout: .senderOnly)
        book.clientLeft(0)
        _ = publish(&book)
        book.finish()
        #expect(book.account == DeliveryAccount())
    }

    @Test(
        "numbers that only a peer can have invented are unknown, change nothing and never trap",
        arguments: [
            (0, 1), (0, 1 << 40), (0, .max - 1), (0, .max), (1, 0), (-1, 0), (Int.max, 0), (Int.min, .max),
            (Int(UInt32.max), 0),
        ] as [(Int, UInt64)], [Fanout.everyClient, .senderOnly])
    func inventedNumbers(number: (publisher: Int, sequence: UInt64), fanout: Fanout) {
        var book = book(clients: 1, fanout: fanout)
        let sequence = publish(&book)
        let invented = receive(&book, at: 0, publisher: number.publisher, number.sequence)
        #expect(invented == .unknown)
        _ = receive(&book, at: 0, sequence)
        #expect(book.account == account(expected: 1, received: 1))
    }

    @Test("what is not of this run, and what is damaged, is counted beside the deliveries")
    func unknownAndCorrupted() {
        var book = book(clients: 1)
        book.countUnknown(byteCount: 10)
        book.countUnknown(byteCount: 32)
        book.countCorrupted()
        #expect(book.account.unknown == 2)
        #expect(book.account.unknownBytes == 42)
        #expect(book.account.corrupted == 1)
    }

    @Test("an echo publisher that is no client is a programmer error")
    func publisherWithoutClient() async {
        await #expect(processExitsWith: .failure) {
            _ = DeliveryBook(clientCount: 1, publisherCount: 2, fanout: .senderOnly)
        }
        await #expect(processExitsWith: .failure) {
            _ = DeliveryBook(clientCount: 1, publisherCount: 2, fanout: .everyOtherClient)
        }
    }
}
