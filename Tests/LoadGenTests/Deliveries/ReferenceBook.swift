import LoadGen

/// The accounting rules in their plainest form, sets in dictionaries, to hold `DeliveryBook` against.
struct ReferenceBook {
    private struct Key: Hashable {
        let publisher: Int
        let sequence: UInt64
    }

    private struct Message {
        let intendedNanoseconds: UInt64
        let sentNanoseconds: UInt64
        let isCounted: Bool
        var pending: Set<Int>
        var arrivals: [UInt64] = []
        var hasLostSome = false
    }

    /// What one client has seen of each publisher since it joined.
    private struct Membership {
        let firstExpected: [UInt64]
        var seen: [Set<UInt64>]
    }

    let fanout: Fanout
    private(set) var account = DeliveryAccount()
    private var isCounting = false
    private var messages: [Key: Message] = [:]
    private var members: [Int: Membership] = [:]
    private(set) var published: [UInt64]

    init(publisherCount: Int, fanout: Fanout) {
        self.fanout = fanout
        published = Array(repeating: 0, count: publisherCount)
    }

    var joined: Set<Int> { Set(members.keys) }
    var outstandingCount: Int { messages.values.count { !$0.pending.isEmpty } }
    var oldestOutstandingIntendedNanoseconds: UInt64? {
        messages.values.filter { !$0.pending.isEmpty }.map(\.intendedNanoseconds).min()
    }

    mutating func startCounting() { isCounting = true }

    mutating func clientJoined(_ client: Int) {
        members[client] = Membership(firstExpected: published, seen: published.map { _ in [] })
    }

    mutating func clientLeft(_ client: Int) {
        members[client] = nil
        for (key, message) in messages where message.pending.contains(client) { lose([client], of: key) }
    }

    mutating func clientWithdrew(_ client: Int) {
        members[client] = nil
        for (key, message) in messages where message.pending.contains(client) {
            if message.isCounted {
                account.expected -= 1
                account.withdrawn += 1
            }
            messages[key]?.pending.remove(client)
            messages[key]?.hasLostSome = true
        }
    }

    mutating func publish(publisher: Int, intendedNanoseconds: UInt64, sentNanoseconds: UInt64) -> UInt64 {
        let expected = joined.filter { isMeant(for: $0, from: publisher) }
        let key = Key(publisher: publisher, sequence: published[publisher])
        messages[key] = Message(
            intendedNanoseconds: intendedNanoseconds, sentNanoseconds: sentNanoseconds, isCounted: isCounting,
            pending: expected)
        if isCounting { account.expected += UInt64(expected.count) }
        published[publisher] += 1
        return key.sequence
    }

    mutating func receive(client: Int, publisher: Int, sequence: UInt64, atNanoseconds: UInt64) -> Receipt {
        let key = Key(publisher: publisher, sequence: sequence)
        guard let message = messages[key], isMeant(for: client, from: publisher) else {
            return .unknown
        }
        let one: UInt64 = message.isCounted ? 1 : 0
        guard let member = members[client], sequence >= member.firstExpected[publisher] else {
            account.early += one
            return .early
        }
        if member.seen[publisher].contains(sequence) {
            account.duplicated += one
            return .duplicate
        }
        let isReordered = member.seen[publisher].contains { $0 > sequence }
        members[client]?.seen[publisher].insert(sequence)
        guard message.pending.contains(client) else {
            account.expired += one
            return .expired
        }
        account.received += one
        if isReordered { account.reordered += one }
        return .delivered(deliver(key, to: client, atNanoseconds: atNanoseconds), reordered: isReordered)
    }

    mutating func expire(intendedBeforeNanoseconds limit: UInt64) {
        for (key, message) in messages where message.intendedNanoseconds < limit {
            lose(message.pending, of: key)
        }
    }

    mutating func giveUp(publisher: Int, sequence: UInt64) {
        let key = Key(publisher: publisher, sequence: sequence)
        if let message = messages[key] { lose(message.pending, of: key) }
    }

    mutating func finish() { expire(intendedBeforeNanoseconds: .max) }

    private func isMeant(for client: Int, from publisher: Int) -> Bool {
        switch fanout {
        case .everyClient: true
        case .everyOtherClient: client != publisher
        case .senderOnly: client == publisher
        }
    }

    private mutating func deliver(_ key: Key, to client: Int, atNanoseconds: UInt64) -> Delivery {
        messages[key]?.pending.remove(client)
        messages[key]?.arrivals.append(atNanoseconds)
        guard let message = messages[key] else { fatalError("delivered without having been published") }
        var completion: Delivery.Completion?
        if message.pending.isEmpty, !message.hasLostSome, let first = message.arrivals.min(),
            let last = message.arrivals.max()
        {
            completion = Delivery.Completion(firstArrivalNanoseconds: first, lastArrivalNanoseconds: last)
        }
        return Delivery(
            intendedNanoseconds: message.intendedNanoseconds, sentNanoseconds: message.sentNanoseconds,
            isCounted: message.isCounted, isLast: message.pending.isEmpty, completion: completion)
    }

    private mutating func lose(_ clients: Set<Int>, of key: Key) {
        guard let message = messages[key], !clients.isEmpty else { return }
        if message.isCounted { account.lost += UInt64(clients.count) }
        messages[key]?.pending.subtract(clients)
        messages[key]?.hasLostSome = true
    }
}
