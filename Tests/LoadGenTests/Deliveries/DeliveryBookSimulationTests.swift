import LoadGen
import Testing

/// Random lives of a book, held step by step against the plain model: whatever loss, duplication, reordering,
/// joins and leaves do to the deliveries, both must say the same.
@Suite("DeliveryBook against the reference model")
struct DeliveryBookSimulationTests {
    /// How often each thing happens, relative to each other.
    struct Mix: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fanout: Fanout
        let clients: Int
        let publishers: Int
        var publish = 30
        var arrive = 100
        var lose = 3
        var duplicate = 3
        var invent = 3
        var join = 2
        var leave = 1
        var expire = 1
        var giveUp = 1
        /// How far from the front of its queue an arrival may be taken.
        var disorder = 1
    }

    static let mixes = [
        Mix(
            testDescription: "orderly", fanout: .everyClient, clients: 5, publishers: 2, lose: 0,
            duplicate: 0, expire: 0),
        Mix(testDescription: "one publisher", fanout: .everyClient, clients: 8, publishers: 1, disorder: 4),
        Mix(testDescription: "many publishers", fanout: .everyClient, clients: 4, publishers: 9, disorder: 3),
        Mix(
            testDescription: "disorder", fanout: .everyClient, clients: 3, publishers: 2, lose: 20,
            duplicate: 20, disorder: 60),
        Mix(
            testDescription: "churn", fanout: .everyClient, clients: 6, publishers: 3, join: 30, leave: 25,
            disorder: 5),
        Mix(
            testDescription: "slow arrivals", fanout: .everyClient, clients: 3, publishers: 2, arrive: 20,
            expire: 2),
        Mix(testDescription: "no echo", fanout: .everyOtherClient, clients: 6, publishers: 4, disorder: 4),
        Mix(
            testDescription: "no echo, churn", fanout: .everyOtherClient, clients: 5, publishers: 5, join: 30,
            leave: 25, disorder: 5),
        Mix(testDescription: "no echo, one client", fanout: .everyOtherClient, clients: 2, publishers: 1, join: 4),
        Mix(testDescription: "refusals", fanout: .everyClient, clients: 4, publishers: 3, giveUp: 20, disorder: 4),
        Mix(testDescription: "echo", fanout: .senderOnly, clients: 9, publishers: 9, disorder: 4),
        Mix(
            testDescription: "echo with silent clients", fanout: .senderOnly, clients: 9, publishers: 4,
            join: 9, leave: 8),
    ]

    @Test("every receipt and every count is the model's", arguments: mixes, UInt64(0)..<6)
    func life(mix: Mix, seed: UInt64) {
        var simulation = Simulation(mix: mix, seed: seed)
        for step in 0..<3_000 {
            if step == 300 { simulation.startCounting() }
            simulation.step()
            guard simulation.agrees() else {
                Issue.record("the book and the model differ after step \(step)")
                return
            }
        }
        simulation.finish()
        let agrees = simulation.agrees()
        #expect(agrees)
        let account = simulation.model.account
        #expect(account.expected > 0)
        #expect(account.expected == account.received + account.lost)
        #expect(account.outstanding == 0)
    }
}

/// A book and its model, fed with the same random events.
private struct Simulation: ~Copyable {
    private struct Copy {
        let publisher: Int
        let sequence: UInt64
    }

    private let mix: DeliveryBookSimulationTests.Mix
    private var generator: SeededGenerator
    private var book: DeliveryBook
    private(set) var model: ReferenceBook
    /// What is under way to each client.
    private var queues: [[Copy]]
    private var clock: UInt64 = 0
    private var receiptsAgree = true

    init(mix: DeliveryBookSimulationTests.Mix, seed: UInt64) {
        self.mix = mix
        generator = SeededGenerator(seed: seed)
        book = DeliveryBook(clientCount: mix.clients, publisherCount: mix.publishers, fanout: mix.fanout)
        model = ReferenceBook(publisherCount: mix.publishers, fanout: mix.fanout)
        queues = Array(repeating: [], count: mix.clients)
        for client in 0..<mix.clients where Bool.random(using: &generator) { join(client) }
    }

    func agrees() -> Bool {
        receiptsAgree && book.account == model.account && book.outstandingCount == model.outstandingCount
            && book.oldestOutstandingIntendedNanoseconds == model.oldestOutstandingIntendedNanoseconds
            && book.joinedCount == model.joined.count
    }

    mutating func startCounting() {
        book.startCounting()
        model.startCounting()
    }

    mutating func finish() {
        book.finish()
        model.finish()
    }

    mutating func step() {
        clock += UInt64.random(in: 1...1_000, using: &generator)
        let client = Int.random(in: 0..<mix.clients, using: &generator)
        let weights = [
            mix.publish, mix.arrive, mix.lose, mix.duplicate, mix.invent, mix.join, mix.leave, mix.giveUp,
            mix.expire,
        ]
        var choice = Int.random(in: 0..<weights.reduce(0, +), using: &generator)
        let event = weights.firstIndex { weight in
            choice -= weight
            return choice < 0
        }
        switch event {
        case 0: publish()
        case 1: arrive(at: client, keepingCopy: false)
        case 2: if !queues[client].isEmpty { queues[client].removeFirst() }
        case 3: arrive(at: client, keepingCopy: true)
        case 4: invent(at: client)
        case 5: join(client)
        case 6: leave(client)
        case 7: giveUp()
        default: expire()
        }
    }

    private mutating func publish() {
        let publisher = Int.random(in: 0..<mix.publishers, using: &generator)
        let intended = clock - min(clock, UInt64.random(in: 0...1, using: &generator))
        let sequence = book.publish(
            publisher: publisher, intendedNanoseconds: intended, sentNanoseconds: clock)
        let expected = model.publish(
            publisher: publisher, intendedNanoseconds: intended, sentNanoseconds: clock)
        receiptsAgree = receiptsAgree && sequence == expected
        for client in queues.indices where mix.fanout != .senderOnly || client == publisher {
            queues[client].append(Copy(publisher: publisher, sequence: sequence))
        }
    }

    private mutating func arrive(at client: Int, keepingCopy: Bool) {
        guard !queues[client].isEmpty else { return }
        let index = Int.random(in: 0..<min(mix.disorder, queues[client].count), using: &generator)
        let copy = queues[client][index]
        if !keepingCopy { queues[client].remove(at: index) }
        receive(copy, at: client)
    }

    /// An arrival of anything: old, never published, or with numbers that only a hostile peer sends.
    private mutating func invent(at client: Int) {
        let publisher = Int.random(in: -1...mix.publishers, using: &generator)
        let published = model.published.indices.contains(publisher) ? model.published[publisher] : 0
        let sequence = [
            UInt64.random(in: 0...published, using: &generator), published + 1, 1 << 40, .max - 1, .max,
        ]
        .randomElement(using: &generator)
        receive(Copy(publisher: publisher, sequence: sequence ?? 0), at: client)
    }

    private mutating func receive(_ copy: Copy, at client: Int) {
        let receipt = book.receive(
            client: client, publisher: copy.publisher, sequence: copy.sequence, atNanoseconds: clock)
        let expected = model.receive(
            client: client, publisher: copy.publisher, sequence: copy.sequence, atNanoseconds: clock)
        receiptsAgree = receiptsAgree && receipt == expected
    }

    private mutating func join(_ client: Int) {
        guard !model.joined.contains(client) else { return }
        book.clientJoined(client)
        model.clientJoined(client)
    }

    private mutating func leave(_ client: Int) {
        guard model.joined.contains(client) else { return }
        if Bool.random(using: &generator) {
            book.clientLeft(client)
            model.clientLeft(client)
        } else {
            book.clientWithdrew(client)
            model.clientWithdrew(client)
        }
        // What was under way is gone with the connection, or still arrives.
        if Bool.random(using: &generator) { queues[client] = [] }
    }

    /// Of a message that is outstanding, over, or was never published.
    private mutating func giveUp() {
        let publisher = Int.random(in: -1...mix.publishers, using: &generator)
        let published = model.published.indices.contains(publisher) ? model.published[publisher] : 0
        let recent = published - min(published, UInt64.random(in: 0...20, using: &generator))
        book.giveUp(publisher: publisher, sequence: recent)
        model.giveUp(publisher: publisher, sequence: recent)
    }

    private mutating func expire() {
        let limit = clock - min(clock, UInt64.random(in: 0...200_000, using: &generator))
        book.expire(intendedBeforeNanoseconds: limit)
        model.expire(intendedBeforeNanoseconds: limit)
    }
}
