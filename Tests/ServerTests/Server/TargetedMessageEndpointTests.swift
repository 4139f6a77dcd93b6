import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: messages for one client", .serialized)
struct TargetedMessageEndpointTests {
    private func path(_ id: String) -> String { "/api/clients/\(id)/messages" }

    @Test("a message reaches the client that it names, on whatever loop, and no other", arguments: ServerVariant.all)
    func oneOnly(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let clients = try server.clients(6, "/")
        let ids = try server.listedClients().map(\.id)
        #expect(Set(ids.compactMap { ClientID(parsing: $0)?.loop }).count == variant.threads)
        for id in ids {
            #expect(try server.post(path(id), #"{"for":"\#(id)"}"#) == #"{"success":true,"clients":1}"#)
        }
        let texts = try clients.map { try $0.nextText() }
        #expect(texts.sorted() == ids.map { #"{"for":"\#($0)"}"# }.sorted())
        for client in clients { #expect(try client.isToldNothing()) }
    }

    @Test("clients of every endpoint can be told something", arguments: ["/", "/relay", "/echo"])
    func endpoints(endpoint: String) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client(endpoint)
        let id = try #require(server.listedClients().first?.id)
        // As it was sent, but for the white space around it.
        _ = try server.post(path(id), " \n{\"a\": 1, \"é\":[null]}\r\n ")
        #expect(try client.nextText() == "{\"a\": 1, \"é\":[null]}")
        #expect(try server.totalMessages() == 0, "it is no broadcast")
    }

    @Test("a client that is gone is not there, nor is whoever has its place by now", arguments: ServerVariant.all)
    func gone(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let first = try server.client("/")
        let id = try #require(server.listedClients().first?.id)
        first.close()
        try SlowClientTests.await { try server.listedClients().isEmpty }
        #expect(try server.request("POST", path(id), json: "{}").status == 404)
        let successors = try server.clients(4, "/")
        #expect(try server.request("POST", path(id), json: "{}").status == 404)
        for successor in successors { #expect(try successor.isToldNothing()) }
    }

    @Test(
        "what names no client gets 404",
        arguments: ["nobody", "c0-1", "c0-0-0", "c0-999999999-1", "c99-0-1", "c00-0-1", "c0-0-1%20", "c-1-0-1"])
    func unknown(id: String) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let response = try server.request("POST", path(id), json: "{}")
        #expect(response.status == 404)
        #expect(String(decoding: response.body, as: UTF8.self).contains(#""details":"there is n"#))
    }

    @Test(
        "what is no JSON object is refused, and the client gets nothing",
        arguments: ["", "[]", "5", "{", "{}{}", "\"text\"", #"{"a":1,"a":2}"#])
    func refusals(body: String) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client("/")
        let id = try #require(server.listedClients().first?.id)
        #expect(try server.request("POST", path(id), json: body).status == 400)
        #expect(try client.isToldNothing())
    }

    @Test("method, media type and size are checked as on other routes")
    func otherRefusals() throws {
        let server = try RunningServer(ServerVariant.all[0]) { $0.maximumMessageBytes = 1000 }
        let client = try server.client("/")
        let id = try #require(server.listedClients().first?.id)
        let wrongMethod = try server.request("GET", path(id))
        #expect(wrongMethod.status == 405)
        #expect(wrongMethod.headers.first("Allow") == "POST")
        #expect(try server.request("POST", path(id)).status == 415)
        let large = "{\"a\":\"\(String(repeating: "a", count: 1000))\"}"
        #expect(try server.request("POST", path(id), json: large).status == 413)
        #expect(try client.isToldNothing())
    }

    /// Posts to a client that does not read, until `isEnough` of an answer.
    private func flood(
        _ server: RunningServer, _ id: String, until isEnough: (HTTPClientResponse) -> Bool
    ) throws -> Int {
        let body = "{\"a\":\"\(String(repeating: "a", count: 200_000))\"}"
        for taken in 0..<300 {
            if isEnough(try server.request("POST", path(id), json: body)) { return taken }
        }
        throw TestFailure("60 MB for a client that does not read")
    }

    @Test(
        "disconnect: messages for a client that does not read are kept up to --backlog-bytes, then it is closed",
        arguments: ServerVariant.all)
    func boundedBacklog(variant: ServerVariant) throws {
        let server = try RunningServer(variant) {
            $0.backlogBytes = 1 << 20
            $0.maximumMessageBytes = 1 << 18
            $0.drainTimeoutNanoseconds = 20_000_000_000
        }
        let slow = try server.client("/", receiveBufferBytes: 1 << 16)
        let id = try #require(server.listedClients().first?.id)
        let taken = try flood(server, id) { $0.status == 404 }
        // What was answered with success comes, whole, then the close.
        for _ in 0..<taken { #expect(try slow.nextText().utf8.count == 200_008) }
        #expect(try slow.next() == .close(.tryAgainLater, reason: "too far behind"))
        #expect(taken > 4)
    }

    @Test("skip: further messages are left out and counted, and the client stays", arguments: ServerVariant.all)
    func skippedBacklog(variant: ServerVariant) throws {
        let server = try RunningServer(variant) {
            $0.backlogBytes = 1 << 20
            $0.maximumMessageBytes = 1 << 18
            $0.slowClientPolicy = .skip
        }
        let slow = try server.client("/", receiveBufferBytes: 1 << 16)
        let id = try #require(server.listedClients().first?.id)
        let taken = try flood(server, id) { $0.body == Array(#"{"success":true,"clients":0}"#.utf8) }
        let listed = try #require(server.listedClients().first)
        #expect(listed.missed == 1)
        #expect(listed.backlog.bytes > 0)
        #expect(try server.missedMessages() == 1)
        for _ in 0..<taken { #expect(try slow.nextText().utf8.count == 200_008) }
        #expect(try slow.isToldNothing())
        _ = try server.post(path(id), #"{"again":true}"#)
        #expect(try slow.nextText() == #"{"again":true}"#)
    }
}
