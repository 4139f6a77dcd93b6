import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: who is let in", .serialized)
struct AccessTests {
    private static let bearer = [("Authorization", "Bearer second-token")]
    private static let gesture = #"{"type":"wave","position":{"x":1,"y":2},"confidence":0.5}"#

    private func guardedServer(_ variant: ServerVariant) throws -> RunningServer {
        let tokens = try TokenSet(parsing: Array("first.token\nsecond-token\n".utf8))
        return try RunningServer(variant) { $0.access.tokens = tokens }
    }

    private func pickyServer() throws -> RunningServer {
        let origins = [
            try AllowedOrigin(parsing: "https://app.example"), try AllowedOrigin(parsing: "http://localhost:8080"),
        ]
        return try RunningServer(ServerVariant.all[0]) { $0.access.allowedOrigins = origins }
    }

    private func expectService(_ client: TestClient) throws {
        try client.send(#"{"type":"ping"}"#)
        #expect(try MessagesEndpointTests.Message(client.nextText()).type == "pong")
    }

    @Test("a token is taken as a subprotocol, whose first one is chosen", arguments: ServerVariant.all)
    func subprotocol(variant: ServerVariant) throws {
        let server = try guardedServer(variant)
        for offered in [["first.token"], ["second-token"], ["chat", "first.token"], ["first.token", "chat"]] {
            let client = try server.client()
            #expect(try client.upgrade("/", subprotocols: offered, headers: []) == offered[0])
            try expectService(client)
        }
    }

    @Test("a token is taken as a bearer's", arguments: ServerVariant.all)
    func authorization(variant: ServerVariant) throws {
        let server = try guardedServer(variant)
        let client = try server.client()
        #expect(try client.upgrade("/", headers: Self.bearer) == nil)
        try expectService(client)
        let chatting = try server.client()
        #expect(try chatting.upgrade("/", subprotocols: ["chat"], headers: Self.bearer) == "chat")
        try expectService(chatting)
    }

    @Test(
        "without one that is accepted the upgrade completes, the first subprotocol is echoed, and 1008 follows",
        arguments: [
            ([], []), (["wrong"], []), (["chat", "wrong"], []), (["FIRST.TOKEN"], []), (["first.toke"], []),
            ([], [("Authorization", "Bearer wrong")]), ([], [("Authorization", "Basic second-token")]),
            ([], [("Authorization", "second-token")]),
            (["wrong"], [("Authorization", "Bearer second-token"), ("Authorization", "Bearer wrong")]),
        ] as [([String], [(String, String)])])
    func unauthorized(subprotocols: [String], headers: [(String, String)]) throws {
        for variant in ServerVariant.all {
            let server = try guardedServer(variant)
            for path in ["/", "/relay", "/echo"] {
                let client = try server.client()
                let chosen = try client.upgrade(path, subprotocols: subprotocols, headers: headers)
                #expect(chosen == subprotocols.first)
                #expect(try client.next() == .close(.policyViolation, reason: "Unauthorized"))
                #expect(try client.next() == .endOfStream)
            }
        }
    }

    @Test("who is not let in is no client and is not listened to", arguments: ServerVariant.all)
    func notHeard(variant: ServerVariant) throws {
        let server = try guardedServer(variant)
        let listener = try server.client()
        try listener.upgrade("/relay", headers: Self.bearer)
        let intruder = try server.client()
        try intruder.upgrade("/relay", behind: TestClient.frame("let me in"))
        #expect(try intruder.next() == .close(.policyViolation, reason: "Unauthorized"))
        try listener.send("mine")
        #expect(try listener.nextText() == "mine")
        let list = try server.request("GET", "/api/clients", fields: Self.bearer)
        #expect(String(decoding: list.body, as: UTF8.self).hasSuffix(#""count":1}"#))
    }

    @Test("every route but health and the page for people needs a bearer's token", arguments: ServerVariant.all)
    func routes(variant: ServerVariant) throws {
        let server = try guardedServer(variant)
        for route in Route.fixed + [.clientMessage(ClientID(loop: 0, slot: 0, generation: 1))] {
            let body = route.takesJSON ? Self.gesture : nil
            let refused = try server.request(route.method, route.path, fields: [], json: body)
            let wrong = try server.request(
                route.method, route.path, fields: [("Authorization", "Bearer wrong")], json: body)
            let accepted = try server.request(route.method, route.path, fields: Self.bearer, json: body)
            #expect(accepted.status != 401)
            let isPublic = ["/", "/healthz"].contains(route.path)
            for response in [refused, wrong] {
                #expect((response.status == 401) == !isPublic, "\(route)")
                let challenge = isPublic ? nil : #"Bearer realm="broadside""#
                #expect(response.headers.first("WWW-Authenticate") == challenge)
            }
        }
        // Three gestures were posted to that route, one with a token.
        let metrics = try server.request("GET", "/api/metrics", fields: Self.bearer)
        #expect(String(decoding: metrics.body, as: UTF8.self).contains(#""totalMessages":1,"#))
    }

    @Test("a page from elsewhere may neither upgrade nor ask; one that is allowed, and who names none, may")
    func origins() throws {
        let server = try pickyServer()
        for origin in ["https://app.example", "HTTPS://APP.EXAMPLE:443", "http://localhost:8080"] {
            let client = try server.client()
            try client.upgrade("/", headers: [("Origin", origin)])
            try expectService(client)
            #expect(try server.request("GET", "/healthz", fields: [("Origin", origin)]).status == 200)
        }
        try expectService(server.client("/"))
        let others = ["https://evil.example", "http://app.example", "https://app.example:444", "null", "nonsense", ""]
        for origin in others {
            let client = try server.client()
            #expect(throws: UpgradeFailure.unexpectedStatus(403)) {
                _ = try client.upgrade("/", headers: [("Origin", origin)])
            }
            #expect(try client.readToEnd().isEmpty)
            for path in ["/healthz", "/", "/api/metrics", "/nowhere"] {
                let answer = try server.request("GET", path, fields: [("Origin", origin)])
                #expect(answer.status == 403, "\(origin) \(path)")
            }
            let post = try server.request(
                "POST", "/api/gesture/process", fields: [("Origin", origin)], json: Self.gesture)
            #expect(post.status == 403)
        }
        #expect(try server.totalMessages() == 0)
        #expect(try server.listedClients().count <= 4)
    }
}
