import Recording
import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: clients are held to a rate", .serialized)
struct RateLimitingTests {
    private typealias Message = MessagesEndpointTests.Message

    private func server(_ variant: ServerVariant, messagesPerSecond: Double) throws -> RunningServer {
        try RunningServer(variant) { $0.rateLimit = RateLimit(messagesPerSecond: messagesPerSecond) }
    }

    /// What a client hears up to the answer to its control frame, which counts towards no rate.
    private func texts(_ client: TestClient) throws -> [String] {
        try client.send(.ping, [7])
        var texts: [String] = []
        while true {
            switch try client.next() {
            case .message(.text, let payload): texts.append(String(decoding: payload, as: UTF8.self))
            case .pong(let payload) where payload == [7]: return texts
            case let other: throw TestFailure("\(other)")
            }
        }
    }

    @Test(
        "past the burst the client is told, at most ten times a second, and its messages do nothing",
        arguments: ServerVariant.all)
    func burst(variant: ServerVariant) throws {
        let server = try server(variant, messagesPerSecond: 5)
        let client = try server.client("/")
        let began = MonotonicInstant.now()
        try client.write((0..<200).flatMap { _ in TestClient.frame(#"{"type":"ping"}"#) })
        let messages = try texts(client).map { try Message($0) }
        let seconds = Double(MonotonicInstant.now() - began) / 1e9
        let answered = messages.count { $0.type == "pong" }
        let refusals = messages.filter { $0.type == "error" }
        #expect(answered + refusals.count == messages.count)
        #expect(answered >= 5)
        #expect(Double(answered) <= 5 + 5 * seconds)
        #expect(!refusals.isEmpty)
        #expect(Double(refusals.count) <= 1 + 10 * seconds)
        for refusal in refusals {
            #expect(refusal.data?.error == "Rate limit exceeded")
            #expect(refusal.data?.code == "RATE_LIMIT")
            #expect((refusal.data?.timestamp ?? 0) > 0)
        }
    }

    @Test("what is over the rate is not relayed; others have a rate of their own", arguments: ServerVariant.all)
    func relay(variant: ServerVariant) throws {
        // One message in 1000 seconds.
        let server = try server(variant, messagesPerSecond: 0.001)
        let flooder = try server.client("/relay")
        let listener = try server.client("/relay")
        for text in ["first", "second", "third"] { try flooder.send(text) }
        var heard = try texts(flooder)
        // What is for one client alone may overtake what is for all.
        if !heard.contains("first") { heard.append(try flooder.nextText()) }
        #expect(heard.contains("first"))
        #expect(heard.contains { $0.contains("RATE_LIMIT") })
        #expect(!heard.contains("second") && !heard.contains("third"))
        try listener.send("mine")
        #expect(try listener.nextTexts(2) == ["first", "mine"])
    }

    @Test("a message in parts counts once, and is refused as a whole")
    func fragments() throws {
        let server = try server(ServerVariant.all[0], messagesPerSecond: 0.001)
        let client = try server.client("/echo")
        try client.send(.text, Array("on".utf8), fin: false)
        try client.send(.continuation, Array("e".utf8))
        #expect(try client.nextText() == "one")
        try client.send(.text, Array("tw".utf8), fin: false)
        try client.send(.continuation, Array("o".utf8))
        let refusals = try texts(client)
        #expect(!refusals.isEmpty)
        #expect(refusals.allSatisfy { $0.contains("RATE_LIMIT") })
    }

    @Test("a client that has waited is served again", arguments: ServerVariant.all)
    func recovers(variant: ServerVariant) throws {
        let server = try server(variant, messagesPerSecond: 20)
        let client = try server.client("/")
        try client.write((0..<100).flatMap { _ in TestClient.frame(#"{"type":"ping"}"#) })
        #expect(try texts(client).contains { $0.contains("RATE_LIMIT") })
        try SlowClientTests.await {
            try client.send(#"{"type":"heartbeat"}"#)
            return try texts(client).contains { $0.contains("heartbeat_ack") }
        }
    }

    @Test("without a limit nothing is refused", arguments: ServerVariant.all)
    func unlimited(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client("/")
        try client.write((0..<2000).flatMap { _ in TestClient.frame(#"{"type":"ping"}"#) })
        #expect(try client.nextTexts(2000).allSatisfy { $0.contains("pong") })
    }
}
