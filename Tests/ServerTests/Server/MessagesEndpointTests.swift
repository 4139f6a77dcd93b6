import FoundationEssentials
import Synchronization
import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: the message flow on /", .serialized)
struct MessagesEndpointTests {
    struct Message: Decodable {
        struct Body: Decodable {
            let type: String?
            let event: String?
            let count: Int?
            let error: String?
            let code: String?
            let details: String?
            let response: String?
            let timestamp: Int64?
        }
        let type: String
        let channels: [String]?
        let timestamp: Int64?
        let data: Body?

        init(_ text: String) throws { self = try JSONDecoder().decode(Message.self, from: Data(text.utf8)) }
    }

    static func gesture(_ name: String) -> [UInt8] {
        RunningServer.request(
            "POST", "/api/gesture/process",
            json: #"{"type":"\#(name)","position":{"x":1,"y":2},"confidence":0.5}"#)
    }

    @Test(
        "ping, heartbeat, subscribe and unsubscribe are answered as specified", arguments: ServerVariant.all)
    func answers(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client("/")
        for (asked, type, channels) in [
            (#"{"type":"ping"}"#, "pong", nil),
            (#"{"type":"heartbeat"}"#, "heartbeat_ack", nil),
            (
                #"{"type":"unsubscribe","channels":["gesture","system"]}"#, "unsubscribed",
                ["gesture", "system"]
            ),
            (#"{"type":"subscribe","channels":["ai_response"]}"#, "subscribed", ["ai_response"]),
        ] as [(String, String, [String]?)] {
            try client.send(asked)
            let answer = try Message(client.nextText())
            #expect(answer.type == type)
            #expect(answer.channels == channels)
            #expect((answer.timestamp ?? 0) > 1_600_000_000_000)
        }
    }

    @Test(
        "what is not understood gets a validation error and changes nothing",
        arguments: [
            "", "no JSON", "[]", "{}", #"{"type":"unheard of"}"#, #"{"type":5}"#, #"{"type":"subscribe"}"#,
            #"{"type":"subscribe","channels":[]}"#, #"{"type":"subscribe","channels":["system","weather"]}"#,
            #"{"type":"unsubscribe","channels":"gesture"}"#, String(repeating: "[", count: 500_000),
            #"{"type":"ping","x":"# + String(repeating: "[", count: 500_000) + "}",
        ])
    func validation(text: String) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client("/")
        try client.send(text)
        let answer = try Message(client.nextText())
        #expect(answer.type == "error")
        #expect(answer.data?.error == "Invalid message")
        #expect(answer.data?.code == "VALIDATION_ERROR")
        #expect(answer.data?.details?.isEmpty == false)
        #expect((answer.data?.timestamp ?? 0) > 0)
        _ = try server.postGesture("after")
        #expect(try Message(client.nextText()).data?.type == "after")
    }

    @Test("a binary message on / is a validation error", arguments: ServerVariant.all)
    func binary(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client("/")
        try client.send(.binary, Array(#"{"type":"ping"}"#.utf8))
        #expect(try Message(client.nextText()).data?.code == "VALIDATION_ERROR")
        try client.send(#"{"type":"ping"}"#)
        #expect(try Message(client.nextText()).type == "pong")
    }

    @Test(
        "a gesture reaches exactly its subscribers, whose number is the answer", arguments: ServerVariant.all)
    func gestures(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let subscribers = try server.clients(5, "/")
        let others = try server.clients(3, "/")
        _ = try server.clients(1, "/relay")
        for other in others {
            try other.send(#"{"type":"unsubscribe","channels":["gesture"]}"#)
            #expect(try Message(other.nextText()).type == "unsubscribed")
        }
        #expect(try server.postGesture("wave") == #"{"success":true,"clients":5}"#)
        for subscriber in subscribers { #expect(try Message(subscriber.nextText()).data?.type == "wave") }
        for other in others {
            try other.send(#"{"type":"ping"}"#)
            #expect(try Message(other.nextText()).type == "pong")
            try other.send(#"{"type":"subscribe","channels":["gesture"]}"#)
            #expect(try Message(other.nextText()).type == "subscribed")
        }
        #expect(try server.postGesture("again") == #"{"success":true,"clients":8}"#)
        for client in subscribers + others { #expect(try Message(client.nextText()).data?.type == "again") }
    }

    @Test(
        "an AI answer goes to its subscribers and, the same, to the one who asked",
        arguments: ServerVariant.all)
    func inference(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let subscriber = try server.client("/")
        let response = try server.request("POST", "/api/ai/infer", json: #"{"query":"why \"so\"?"}"#)
        #expect(response.status == 200)
        let data = String(decoding: response.body, as: UTF8.self)
        #expect(try subscriber.nextText() == #"{"type":"ai_response","data":\#(data)}"#)
        #expect(data.contains(#""model":"builtin""#))
        #expect(data.contains(#""query":"why \"so\"?""#))
    }

    @Test(
        "a change of subscription takes effect at its answer: nothing missed, nothing twice",
        arguments: ServerVariant.all)
    func subscribingUnderFire(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let posts = 300
        let stable = try server.client("/")
        let switcher = try server.client("/")
        let toggler = try server.client("/")
        let isDone = Atomic<Bool>(false)
        let seen = try Threads.map(5) { thread -> [String] in
            switch thread {
            case 0, 1:
                let poster = try server.client()
                for number in 0..<posts {
                    try poster.write(Self.gesture("\(thread) \(number)"))
                    guard try poster.response().status == 200 else { throw TestFailure("not posted") }
                }
                return []
            case 2:
                return try Self.gestures(stable, 2 * posts)
            case 3:
                // Changes that keep the gestures: every gesture comes once.
                let work = try Threads.map(2) { part -> [String] in
                    if part == 1 {
                        defer { isDone.store(true, ordering: .relaxed) }
                        return try Self.gestures(switcher, 2 * posts)
                    }
                    for round in 0..<5000 where !isDone.load(ordering: .relaxed) {
                        let type = round % 2 == 0 ? "subscribe" : "unsubscribe"
                        try switcher.send(#"{"type":"\#(type)","channels":["system"]}"#)
                    }
                    return []
                }
                return work[1]
            default:
                return try Self.toggle(toggler, rounds: 150)
            }
        }
        #expect(Set(seen[2]).count == 2 * posts)
        #expect(seen[3] == seen[2])
        // What a client saw between `subscribed` and `unsubscribed` is a run of the one order without a gap.
        for run in seen[4].split(separator: "|") {
            let start = try #require(seen[2].firstIndex(of: run[run.startIndex]))
            #expect(Array(run) == Array(seen[2][start...].prefix(run.count)))
        }
    }

    private static func gestures(_ client: TestClient, _ count: Int) throws -> [String] {
        var names: [String] = []
        while names.count < count {
            let message = try Message(client.nextText())
            if message.type == "gesture" { names.append(message.data?.type ?? "") }
        }
        return names
    }

    /// Unsubscribes and subscribes again; the gestures of each time between, separated by bars.
    private static func toggle(_ client: TestClient, rounds: Int) throws -> [String] {
        var runs: [String] = []
        for _ in 0..<rounds {
            try client.send(#"{"type":"unsubscribe","channels":["gesture"]}"#)
            while true {
                let message = try Message(client.nextText())
                if message.type == "unsubscribed" { break }
                guard message.type == "gesture" else { throw TestFailure("\(message)") }
                runs.append(message.data?.type ?? "")
            }
            runs.append("|")
            try client.send(#"{"type":"subscribe","channels":["gesture"]}"#)
            let answer = try Message(client.nextText())
            guard answer.type == "subscribed" else {
                throw TestFailure("a gesture before subscribed: \(answer)")
            }
        }
        return runs
    }

    @Test(
        "the number of clients goes to subscribers of system, coalesced, the last one true",
        arguments: ServerVariant.all)
    func connectionCount(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let observer = try server.client("/")
        try observer.send(#"{"type":"subscribe","channels":["system"]}"#)
        let crowd = try server.clients(50, "/relay")
        var counts: [Int] = []
        while counts.last != 51 {
            let message = try Message(observer.nextText())
            guard message.type == "system" else { continue }
            #expect(message.data?.event == "connection_count")
            counts.append(message.data?.count ?? -1)
        }
        for client in crowd { client.close() }
        while counts.last != 1 { counts.append(try Message(observer.nextText()).data?.count ?? -1) }
        // 101 changes in far fewer announcements.
        #expect(counts.count < 101)
    }
}
