import Recording
import WebSocketWire

@testable import Server

/// One thread of a stress run: does to a server, at random, all that clients may do.
///
/// `@unchecked Sendable`: made on one thread, run on another, read after that has ended.
final class StressActor: @unchecked Sendable {
    private static let clientLimit = 8

    private let server: RunningServer
    private let clock: StressClock
    private let http: TestClient
    private var random: SeededGenerator
    private(set) var clients: [StressClient] = []
    private(set) var stories: [ClientStory] = []
    private(set) var messages: [SentMessage] = []
    /// Clients that left while they heard of gestures, with some on their way perhaps.
    private(set) var lostListeners = 0

    init(_ server: RunningServer, _ clock: StressClock, seed: UInt64) throws {
        self.server = server
        self.clock = clock
        random = SeededGenerator(seed: seed)
        http = try server.client()
    }

    func run(until deadline: MonotonicInstant) throws {
        while MonotonicInstant.now() < deadline { try step() }
    }

    private func step() throws {
        guard let client = clients.randomElement(using: &random) else { return try join() }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<12: if clients.count < Self.clientLimit { try join() }
        case 12..<20: try end(client)
        case 20..<40: try changeSubscription(client)
        case 40..<60: try publish(client)
        case 60..<80: try postGesture()
        case 80..<90: try client.catchUp(.random(in: 0...255, using: &random))
        default: try count()
        }
    }

    private func join() throws {
        let receiveBufferBytes: Int32? = Bool.random(using: &random) ? nil : 1 << 16
        clients.append(
            try StressClient(
                server, clock, isRelay: Bool.random(using: &random), receiveBufferBytes: receiveBufferBytes))
    }

    private func end(_ client: StressClient) throws {
        clients.removeAll { $0 === client }
        if Bool.random(using: &random) {
            let last = client.isRelay ? begin(.relay) : 0
            try client.leave(lastMessage: last)
            if client.isRelay { confirm(last) }
        } else {
            if client.topics.contains(.gesture) { lostListeners += 1 }
            // Whether messages right before the end are accepted, nobody knows.
            if client.isRelay, Bool.random(using: &random) { try client.publish([begin(.relay), begin(.relay)]) }
            if Bool.random(using: &random) {
                try client.close()
            } else {
                client.vanish(byReset: Bool.random(using: &random))
            }
        }
        stories.append(client.story)
    }

    private func changeSubscription(_ client: StressClient) throws {
        if client.isRelay { return try publish(client) }
        var channels: Set<Topic> = []
        if Bool.random(using: &random) { channels.insert(.gesture) }
        if Bool.random(using: &random) { channels.insert(.aiResponse) }
        let system = channels.isEmpty || Bool.random(using: &random)
        try client.change(Bool.random(using: &random) ? "subscribe" : "unsubscribe", channels, system: system)
    }

    private func publish(_ client: StressClient) throws {
        if !client.isRelay { return try ask() }
        let numbers = (0..<Int.random(in: 1...8, using: &random)).map { _ in begin(.relay) }
        try client.publish(numbers)
        guard let last = numbers.last else { return }
        try client.hear(until: last)
        for number in numbers { confirm(number) }
    }

    /// The number of clients that the gesture was queued for.
    @discardableResult
    func postGesture() throws -> Int {
        let number = begin(.gesture)
        let answer = try request("POST", "/api/gesture/process", json: StressContent.gesture(number))
        guard let recipients = Self.figure("clients", in: answer) else { throw TestFailure("posted: \(answer)") }
        confirm(number, recipients: recipients)
        return recipients
    }

    func ask() throws {
        let number = begin(.aiResponse)
        _ = try request("POST", "/api/ai/infer", json: StressContent.query(number))
        confirm(number)
    }

    func hearAll() throws {
        http.close()
        for client in clients { try client.hearAll() }
    }

    private func count() throws {
        let set = server.server.loops[0].shared.clients
        try clock.check("GET /api/metrics") {
            guard let count = try activeConnections() else { throw TestFailure("metrics without connections") }
            return count
        }
        try clock.check("the client set's count") { set.count }
        try clock.check("the client set's clients") {
            var seen: Set<ClientID> = []
            for shard in set.shards { shard.forEach { seen.insert($0) } }
            return seen.count
        }
        for channel in Channel.allCases {
            let subscribers = set.subscriberCount(channel)
            guard subscribers >= 0, subscribers <= set.shards.reduce(0, { $0 + $1.capacity }) else {
                throw TestFailure("\(subscribers) subscribers")
            }
        }
    }

    func activeConnections() throws -> Int? {
        Self.figure("activeConnections", in: try request("GET", "/api/metrics"))
    }

    private func request(_ method: String, _ path: String, json: String? = nil) throws -> String {
        try http.write(RunningServer.request(method, path, json: json))
        let response = try http.response()
        guard response.status == 200 else { throw TestFailure("\(method) \(path): \(response)") }
        return String(decoding: response.body, as: UTF8.self)
    }

    private static func figure(_ name: String, in json: String) -> Int? {
        json.firstRange(of: "\"\(name)\":").flatMap { Int(json[$0.upperBound...].prefix(while: \.isNumber)) }
    }

    // MARK: What it sent

    private func begin(_ topic: Topic) -> Int {
        let message = SentMessage(number: clock.number(), topic: topic, begunAt: clock.tick())
        messages.append(message)
        return message.number
    }

    /// One of the last messages, so looking from the end is short.
    private func confirm(_ number: Int, recipients: Int? = nil) {
        guard let index = messages.lastIndex(where: { $0.number == number }) else { return }
        messages[index].confirmedAt = clock.tick()
        messages[index].recipients = recipients
    }
}
