import Recording
import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: the list of clients", .serialized)
struct ClientListEndpointTests {
    @Test("nobody is listed where nobody is connected; who asks is no client", arguments: ServerVariant.all)
    func nobody(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let idle = try server.client()
        try idle.write(RunningServer.request("GET", "/healthz"))
        #expect(try idle.response().status == 200)
        #expect(try server.request("GET", "/api/clients").body == Array(#"{"clients":[],"count":0}"#.utf8))
    }

    @Test("clients of all loops and endpoints are listed with what is known of them", arguments: ServerVariant.all)
    func everybody(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let paths = ["/", "/", "/", "/relay", "/relay", "/echo"]
        let clients = try paths.map { try server.client($0) }
        let listed = try server.listedClients()
        let now = WallClock.millisecondsSinceEpoch()
        #expect(listed.map(\.path).sorted() == paths.sorted())
        let ids = listed.compactMap { ClientID(parsing: $0.id) }
        #expect(ids.count == clients.count)
        #expect(Set(ids).count == clients.count)
        #expect(Set(ids.map(\.loop)).count == variant.threads)
        for client in listed {
            #expect(client.ip == "127.0.0.1")
            #expect((now - 600_000...now + 1000).contains(client.connectedAt))
            #expect(client.subscriptions == (client.path == "/" ? ["gesture", "ai_response"] : []))
            #expect(client.missed == 0)
        }
        try SlowClientTests.await { try server.listedClients().allSatisfy { $0.backlog.bytes == 0 } }
        clients[0].close()
        try SlowClientTests.await { try server.listedClients().count == clients.count - 1 }
    }

    @Test("subscriptions are those after the last change that was answered", arguments: ServerVariant.all)
    func subscriptions(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client("/")
        func subscriptions() throws -> [String]? { try server.listedClients().first?.subscriptions }
        #expect(try subscriptions() == ["gesture", "ai_response"])
        try client.subscribe(to: "system")
        #expect(try subscriptions() == ["gesture", "ai_response", "system"])
        try client.unsubscribe(from: "ai_response", "gesture")
        #expect(try subscriptions() == ["system"])
        try client.unsubscribe(from: "system", "gesture")
        #expect(try subscriptions() == [])
        try client.subscribe(to: "gesture", "gesture")
        #expect(try subscriptions() == ["gesture"])
    }

    @Test(
        "a refused change of subscription changes nothing",
        arguments: [
            #"{"type":"subscribe","channels":[]}"#, #"{"type":"subscribe","channels":["system","weather"]}"#,
            #"{"type":"unsubscribe","channels":["gesture","weather"]}"#, #"{"type":"unsubscribe","channels":[]}"#,
            #"{"type":"unsubscribe","channels":["gesture",null]}"#, #"{"type":"subscribe"}"#,
        ])
    func refusedChanges(text: String) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client("/")
        try client.send(text)
        #expect(try MessagesEndpointTests.Message(client.nextText()).data?.code == "VALIDATION_ERROR")
        #expect(try server.listedClients().first?.subscriptions == ["gesture", "ai_response"])
    }

    @Test("who does not read has a backlog, which is gone when it has read", arguments: ServerVariant.all)
    func backlog(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let slow = try server.client("/relay", receiveBufferBytes: 1 << 16)
        let slowID = try #require(server.listedClients().first?.id)
        let publisher = try server.client("/relay")
        let payload = [UInt8](repeating: 9, count: 1 << 20)
        for _ in 0..<12 {
            try publisher.send(.binary, payload)
            #expect(try publisher.next() == .message(.binary, payload))
        }
        try SlowClientTests.await {
            let listed = try server.listedClients()
            return listed.contains { $0.id == slowID && $0.backlog.bytes > 0 && $0.backlog.bytes < 13 << 20 }
                && listed.contains { $0.id != slowID && $0.backlog.bytes == 0 }
        }
        for _ in 0..<12 { #expect(try slow.next() == .message(.binary, payload)) }
        try SlowClientTests.await { try server.listedClients().allSatisfy { $0.backlog.bytes == 0 } }
    }
}
