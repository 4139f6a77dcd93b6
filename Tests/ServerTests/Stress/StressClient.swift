import Glibc
import Recording
import WebSocketWire

/// A client of the stress test that writes down what it hears.
///
/// `@unchecked Sendable`: handed from thread to thread, never shared.
final class StressClient: @unchecked Sendable {
    private static let answers = [#"{"type":"subscribed""#, #"{"type":"unsubscribed""#].map { Array($0.utf8) }

    let isRelay: Bool
    private(set) var story: ClientStory
    private(set) var topics: Set<Topic>
    private let clock: StressClock
    private let socket: TestClient
    private var hearsSystem = false
    /// What the answer that is waited for makes it hear.
    private var asked: (topics: Set<Topic>, at: Int)?
    private var lastPong: [UInt8] = []
    private var hasEnded = false

    init(_ server: RunningServer, _ clock: StressClock, isRelay: Bool, receiveBufferBytes: Int32? = nil) throws {
        self.clock = clock
        self.isRelay = isRelay
        topics = isRelay ? [.relay] : [.gesture, .aiResponse]
        let askedAt = clock.tick()
        story = ClientStory(name: "client \(askedAt)")
        clock.joining()
        socket = try server.client(isRelay ? "/relay" : "/", receiveBufferBytes: receiveBufferBytes)
        clock.joined()
        story.events.append(.hears(topics, askedAt: askedAt, answeredAt: clock.tick()))
    }

    // MARK: Asking

    func publish(_ numbers: [Int]) throws {
        var bytes: [UInt8] = []
        for number in numbers { bytes += TestClient.frame(.text, StressContent.relayed(number)) }
        try socket.write(bytes)
    }

    /// Changes what it hears by one message, and listens until that is answered.
    func change(_ verb: String, _ channels: Set<Topic>, system: Bool) throws {
        let changed = verb == "subscribe" ? topics.union(channels) : topics.subtracting(channels)
        let names = channels.compactMap(\.channel) + (system ? ["system"] : [])
        let list = names.map { "\"\($0)\"" }.joined(separator: ",")
        asked = (changed, clock.tick())
        // A system message may come before the answer to either.
        let heardSystem = hearsSystem
        hearsSystem = heardSystem || system
        try socket.send(#"{"type":"\#(verb)","channels":[\#(list)]}"#)
        while asked != nil { try hear() }
        hearsSystem = system ? verb == "subscribe" : heardSystem
    }

    /// Takes in all that the server has sent it by now.
    func catchUp(_ mark: UInt8) throws {
        lastPong = []
        try socket.send(.ping, [mark])
        while lastPong != [mark], !hasEnded { try hear() }
    }

    // MARK: Hearing

    func hear(until number: Int) throws {
        while try hear() != number {}
    }

    /// Hears a little, waits a while, again and again.
    func dawdle(until deadline: MonotonicInstant) throws {
        while MonotonicInstant.now() < deadline {
            usleep(30_000)
            try catchUp(1)
        }
    }

    func hearAll() throws {
        while !hasEnded { try hear() }
        story.events.append(.heardAll)
        socket.close()
    }

    /// The next thing; the number of the message if it is one.
    @discardableResult
    private func hear() throws -> Int? {
        switch try socket.next() {
        case .pong(let mark):
            lastPong = mark
        case .ping:
            try socket.send(.pong)
        case .close(let code, _):
            guard code == .goingAway || code == .normal else { throw TestFailure("\(story.name) was closed: \(code)") }
            hasEnded = true
        case .endOfStream:
            throw TestFailure("\(story.name): the stream ended without a close frame")
        case .message(_, let payload):
            guard let (number, topic) = try StressContent.broadcast(payload) else {
                try hearOther(payload)
                return nil
            }
            guard isRelay == (topic == .relay) else { throw TestFailure("\(story.name) got a message of \(topic)") }
            story.events.append(.message(number))
            return number
        }
        return nil
    }

    private func hearOther(_ payload: [UInt8]) throws {
        if hearsSystem, payload.starts(with: #"{"type":"system""#.utf8) { return }
        guard let change = asked, Self.answers.contains(where: { payload.starts(with: $0) }) else {
            throw TestFailure("\(story.name) got \(String(decoding: payload, as: UTF8.self))")
        }
        topics = change.topics
        asked = nil
        story.events.append(.hears(topics, askedAt: change.at, answeredAt: clock.tick()))
    }

    // MARK: Leaving

    /// Leaves without a gap in what it heard: gives up its subscriptions first, or hears its own last message.
    func leave(lastMessage: Int) throws {
        let tick = clock.tick()
        if isRelay {
            try publish([lastMessage])
            try hear(until: lastMessage)
        } else {
            try change("unsubscribe", [.gesture, .aiResponse], system: true)
        }
        story.events.append(.left(at: tick))
        clock.leaving()
        try sayGoodbye()
        clock.left()
    }

    /// Closes by handshake, with more on its way.
    func close() throws {
        clock.leaving()
        try sayGoodbye()
        story.events.append(.vanished)
        clock.left()
    }

    /// The server learns of it when it does: `StressClock.left` is not called.
    func vanish(byReset: Bool) {
        clock.leaving()
        if byReset { socket.reset() } else { socket.close() }
        story.events.append(.vanished)
    }

    private func sayGoodbye() throws {
        try socket.sendClose()
        while !hasEnded { try hear() }
        guard try socket.next() == .endOfStream else { throw TestFailure("\(story.name): more after the close frame") }
        socket.close()
    }
}
