import FoundationEssentials
import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: HTTP", .serialized)
struct HTTPTests {
    private static let gesture = #"{"type":"wave","position":{"x":1,"y":2},"confidence":0.5}"#

    private struct Problem: Decodable {
        let error: String
        let code: String?
        let details: String
    }

    @Test("health and the page for people are served", arguments: ServerVariant.all)
    func pages(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let health = try server.request("GET", "/healthz")
        #expect(health.status == 200)
        #expect(String(decoding: health.body, as: UTF8.self).hasPrefix("ok"))
        #expect(try server.request("GET", "/").status == 200)
    }

    @Test("one connection serves requests one after another", arguments: ServerVariant.all)
    func keepAlive(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client()
        for path in ["/healthz", "/nowhere", "/api/metrics"] {
            try client.write(RunningServer.request("GET", path))
            #expect(try client.response().status == (path == "/nowhere" ? 404 : 200))
        }
        try client.write("GET /healthz HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
        #expect(try client.response().status == 200)
        #expect(try client.readToEnd().isEmpty)
    }

    @Test(
        "pipelined requests are answered in order, those that wait for their broadcast among them",
        arguments: ServerVariant.all)
    func pipelining(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let subscriber = try server.client("/")
        let client = try server.client()
        var requests: [UInt8] = []
        for number in 0..<20 {
            requests += MessagesEndpointTests.gesture("\(number)")
            requests += RunningServer.request("GET", "/healthz")
            requests += RunningServer.request("DELETE", "/healthz")
        }
        try client.write(requests)
        for number in 0..<20 {
            #expect(
                try String(decoding: client.response().body, as: UTF8.self)
                    == #"{"success":true,"clients":1}"#)
            #expect(try client.response().status == 200)
            #expect(try client.response().status == 405)
            #expect(try subscriber.nextText().contains(#""type":"\#(number)""#))
        }
    }

    @Test("an upgrade pipelined behind a broadcast is served", arguments: ServerVariant.all)
    func pipelinedUpgrade(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client()
        let upgrade = ClientUpgrade(host: "test", path: "/relay", key: ClientUpgrade.key(from: (3, 4)))
        try client.write(MessagesEndpointTests.gesture("g") + upgrade.request() + TestClient.frame("hello"))
        #expect(try client.response().status == 200)
        #expect(try client.response().status == 101)
        #expect(try client.nextText() == "hello")
    }

    @Test(
        "what cannot be served says why",
        arguments: [
            ("GET", "/nowhere", nil, 404), ("POST", "/api/gesture/process", nil, 415),
            ("PUT", "/api/gesture/process", gesture, 405), ("POST", "/healthz", gesture, 405),
            ("POST", "/api/gesture/process", "{", 400), ("POST", "/api/gesture/process", "[]", 400),
            ("POST", "/api/gesture/process", "{}", 400), ("POST", "/api/ai/infer", #"{"query":5}"#, 400),
            ("POST", "/api/ai/infer", "{}", 400), ("GET", "/relay", nil, 426), ("POST", "/echo", "{}", 426),
        ] as [(String, String, String?, Int)])
    func refusals(method: String, path: String, body: String?, status: Int) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let response = try server.request(method, path, json: body)
        #expect(response.status == status)
        let problem = try JSONDecoder().decode(Problem.self, from: Data(response.body))
        #expect(!problem.error.isEmpty && !problem.details.isEmpty)
        #expect(problem.code == (status == 400 ? "VALIDATION_ERROR" : nil))
        #expect(response.headers.first("Upgrade") == (status == 426 ? "websocket" : nil))
        #expect(response.headers.first("Date")?.hasSuffix(" GMT") == true)
        let allowed = path == "/healthz" ? "GET, HEAD" : "POST"
        #expect(response.headers.first("Allow") == (status == 405 ? allowed : nil))
    }

    @Test("a request whose message would exceed the limit that holds for clients is refused, and nobody gets it")
    func messageLimit() throws {
        let server = try RunningServer(ServerVariant.all[0])
        let query = String(repeating: "q", count: 700_000)
        #expect(try server.request("POST", "/api/ai/infer", json: "{\"query\":\"\(query)\"}").status == 413)
    }

    @Test("HEAD is GET without the body, and the connection goes on")
    func head() throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client()
        try client.write(
            "HEAD /healthz HTTP/1.1\r\nHost: test\r\n\r\n"
                + "GET /nowhere HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
        let text = String(decoding: try client.readToEnd(), as: UTF8.self)
        let head = text.prefix { !$0.isNewline || $0 == "\r\n" }
        #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n") && head.contains("Content-Length: 3\r\n"))
        #expect(text.contains("\r\n\r\nHTTP/1.1 404 Not Found\r\n"))
    }

    @Test("a client that waits for permission to send its body gets it, once")
    func continues() throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client()
        let body = #"{"type":"wave","position":{"x":1,"y":2},"confidence":0.5}"#
        try client.write(
            "POST /api/gesture/process HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n")
        try client.wait(for: "HTTP/1.1 100 Continue\r\n\r\n")
        try client.write(body)
        let text = String(decoding: try client.readToEnd(), as: UTF8.self)
        #expect(text.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
    }

    @Test(
        "a body that is not said to be JSON is refused; parameters do not matter",
        arguments: [
            ("text/plain", 415), ("application/json; charset=utf-8", 200), ("Application/JSON", 200),
            ("application/jsonp", 415),
        ])
    func contentType(value: String, status: Int) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client()
        try client.write(
            "POST /api/gesture/process HTTP/1.1\r\nHost: t\r\nContent-Type: \(value)\r\n"
                + "Content-Length: \(Self.gesture.utf8.count)\r\n\r\n\(Self.gesture)")
        #expect(try client.response().status == status)
    }

    @Test(
        "a body of 1 MiB passes, a larger one gets 413 and a large head 431, and the connection ends",
        arguments: ServerVariant.all)
    func limits(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let subscriber = try server.client("/")
        let largest = Self.gesture + String(repeating: " ", count: (1 << 20) - Self.gesture.utf8.count)
        #expect(try server.request("POST", "/api/gesture/process", json: largest).status == 200)
        #expect(try subscriber.nextText().contains("wave"))
        let client = try server.client()
        try client.write(RunningServer.request("POST", "/api/gesture/process", json: largest + " "))
        #expect(try client.response().status == 413)
        #expect(try client.readToEnd().isEmpty)
        let other = try server.client()
        try other.write(
            "GET /healthz HTTP/1.1\r\nHost: t\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n")
        #expect(try other.response().status == 431)
    }

    @Test("what is no HTTP gets 400", arguments: ["hello\r\n\r\n", "GET / HTTP/1.1\r\nHost : t\r\n\r\n"])
    func malformed(text: String) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client()
        try client.write(text)
        #expect(try client.response().status == 400)
        #expect(try client.readToEnd().isEmpty)
    }

    @Test(
        "upgrades to unknown paths, and to /relay where it is not served, get 404",
        arguments: ["/relay", "/echo", "/x"])
    func noSuchEndpoint(path: String) throws {
        let server = try RunningServer(ServerVariant.all[0]) { $0.servesRelay = false }
        #expect(throws: UpgradeFailure.unexpectedStatus(404)) { _ = try server.client(path) }
    }

    @Test("metrics count clients, messages, refusals and subscribers", arguments: ServerVariant.all)
    func metrics(variant: ServerVariant) throws {
        struct Metrics: Decodable {
            let activeConnections: Int
            let totalMessages: Int
            let messagesPerSecond: Double
            let averageLatency: Double
            let errorRate: Double
            let missedMessages: Int
            let subscribers: [String: Int]
        }
        let server = try RunningServer(variant)
        let clients = try server.clients(3, "/")
        _ = try server.postGesture("one")
        _ = try server.postGesture("two")
        #expect(try server.request("GET", "/nowhere").status == 404)
        for client in clients { _ = try client.nextTexts(2) }
        let body = try server.request("GET", "/api/metrics").body
        let metrics = try JSONDecoder().decode(Metrics.self, from: Data(body))
        #expect(metrics.activeConnections == 3)
        // The announcements of the number of clients are broadcasts too.
        #expect(metrics.totalMessages >= 2)
        #expect(metrics.messagesPerSecond > 0)
        #expect(metrics.averageLatency >= 0)
        // Three upgrades, two gestures, this request, and the one that was refused.
        #expect(metrics.errorRate == 1.0 / 7)
        #expect(metrics.missedMessages == 0)
        #expect(metrics.subscribers == ["gesture": 3, "ai_response": 3, "system": 0])
    }
}
