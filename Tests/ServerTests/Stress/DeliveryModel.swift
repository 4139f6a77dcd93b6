/// Says which messages each client must have seen, and in which order; pure, so that it can be tested itself.
///
/// The order is what one client saw that listened to everything from before the first message to after the last. Then
/// for every other client:
/// - what it saw is part of that order, nothing twice, and only what it had asked to hear;
/// - while it hears a topic it misses nothing of it: what it saw is one piece of the order without gaps, across all
///   changes of its other subscriptions;
/// - the piece begins no later than the first message begun after the subscription was answered, not before the last one
///   confirmed before it was asked for, and ends no earlier than the last message confirmed before it was given up.
struct DeliveryModel {
    fileprivate struct Place {
        let message: SentMessage
        /// In the order of all messages that one client can hear of, and in that of its topic.
        let overall: Int
        let within: Int
    }

    /// A client's time with one topic.
    private struct Hearing {
        let askedAt: Int
        let answeredAt: Int
        var first: Place?
        var last: Int?
    }

    private let messages: [Int: SentMessage]
    private var places: [Int: Place] = [:]
    /// The messages of each topic in the order of `begunAt`.
    private var begun: [Topic: [Place]] = [:]
    private var counts: [Topic: Int] = [:]
    private(set) var violations: [String] = []

    /// - Parameters:
    ///   - messages: all that were sent.
    ///   - orders: what those clients saw who heard everything there is to be heard where they are: /relay and /.
    init(_ messages: [SentMessage], orders: [[Int]]) {
        self.messages = Dictionary(messages.map { ($0.number, $0) }) { first, _ in first }
        if self.messages.count != messages.count { violations.append("two messages have one number") }
        for order in orders { arrange(order) }
        for message in messages where message.confirmedAt != nil && places[message.number] == nil {
            violations.append("message \(message.number) was accepted and never delivered")
        }
        for place in places.values { begun[place.message.topic, default: []].append(place) }
        for topic in Topic.allCases { begun[topic]?.sort { $0.message.begunAt < $1.message.begunAt } }
    }

    private mutating func arrange(_ order: [Int]) {
        for (overall, number) in order.enumerated() {
            guard let message = messages[number] else {
                violations.append("message \(number) was delivered and never sent")
                continue
            }
            guard places[number] == nil else {
                violations.append("message \(number) was delivered twice")
                continue
            }
            let within = counts[message.topic, default: 0]
            counts[message.topic] = within + 1
            places[number] = Place(message: message, overall: overall, within: within)
        }
    }

    mutating func check(_ story: ClientStory) {
        var hearings: [Topic: Hearing] = [:]
        var overall = -1
        for event in story.events {
            switch event {
            case .hears(let topics, let askedAt, let answeredAt):
                for (topic, hearing) in hearings where !topics.contains(topic) {
                    end(hearing, topic, until: askedAt, story)
                    hearings[topic] = nil
                }
                for topic in topics where hearings[topic] == nil {
                    hearings[topic] = Hearing(askedAt: askedAt, answeredAt: answeredAt)
                }
            case .message(let number):
                hear(number, &hearings, &overall, story)
            case .left(let tick):
                for (topic, hearing) in hearings { end(hearing, topic, until: tick, story) }
            case .vanished:
                for (topic, hearing) in hearings { endEarly(hearing, topic, story) }
            case .heardAll:
                for (topic, hearing) in hearings { endWithAll(hearing, topic, story) }
            }
        }
    }

    private mutating func hear(
        _ number: Int, _ hearings: inout [Topic: Hearing], _ overall: inout Int, _ story: ClientStory
    ) {
        guard let place = places[number] else { return fail(story, "saw \(number), which nobody else did") }
        if place.overall <= overall { fail(story, "saw \(number) again, or after what follows it") }
        overall = place.overall
        let topic = place.message.topic
        guard var hearing = hearings[topic] else { return fail(story, "saw \(number) without having asked for it") }
        if let last = hearing.last, place.within != last + 1 {
            fail(story, "missed \(place.within - last - 1) messages before \(number)")
        }
        if hearing.first == nil {
            hearing.first = place
            if let confirmedAt = place.message.confirmedAt, confirmedAt < hearing.askedAt {
                fail(story, "saw \(number), which is older than its subscription")
            }
        }
        hearing.last = place.within
        hearings[topic] = hearing
    }

    /// All that was sent and accepted while the client heard of the topic for certain lies within what it saw.
    private mutating func end(_ hearing: Hearing, _ topic: Topic, until tick: Int, _ story: ClientStory) {
        let candidates = begun[topic, default: []]
        var index = candidates.firstIndex(after: hearing.answeredAt)
        while index < candidates.count, candidates[index].message.begunAt < tick {
            let place = candidates[index]
            index += 1
            guard let confirmedAt = place.message.confirmedAt, confirmedAt < tick else { continue }
            if let first = hearing.first, let last = hearing.last, first.within...last ~= place.within { continue }
            fail(story, "never saw \(place.message.number)")
        }
    }

    /// Nobody knows how far it would have come: only the beginning can be missing.
    private mutating func endEarly(_ hearing: Hearing, _ topic: Topic, _ story: ClientStory) {
        guard let first = hearing.first else { return }
        // What comes before the first in the order was begun before that was confirmed.
        let end = first.message.confirmedAt ?? .max
        let candidates = begun[topic, default: []]
        var index = candidates.firstIndex(after: hearing.answeredAt)
        while index < candidates.count, candidates[index].message.begunAt < end {
            if candidates[index].within < first.within { fail(story, "never saw \(candidates[index].message.number)") }
            index += 1
        }
    }

    private mutating func endWithAll(_ hearing: Hearing, _ topic: Topic, _ story: ClientStory) {
        end(hearing, topic, until: .max, story)
        guard let last = hearing.last else { return }
        let count = counts[topic, default: 0]
        if last != count - 1 { fail(story, "missed the last \(count - 1 - last) messages") }
    }

    /// Compares what the server said about its recipients with who saw a message: more may have been counted, where
    /// clients left without a word, never fewer.
    ///
    /// - Parameter mayHaveMissed: clients that left while they heard of gestures.
    mutating func checkRecipients(of stories: [ClientStory], mayHaveMissed: Int) {
        var seen: [Int: Int] = [:]
        for story in stories { for number in story.messages { seen[number, default: 0] += 1 } }
        for message in messages.values {
            guard let recipients = message.recipients else { continue }
            let count = seen[message.number, default: 0]
            if count > recipients || count < recipients - mayHaveMissed {
                violations.append("message \(message.number): \(count) saw it, \(recipients) were counted")
            }
        }
    }

    private mutating func fail(_ story: ClientStory, _ what: String) {
        violations.append("\(story.name) \(what)")
    }
}

extension [DeliveryModel.Place] {
    /// The first message begun after `tick`, by halving.
    fileprivate func firstIndex(after tick: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].message.begunAt > tick { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
