import Recording
import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: system and error messages", .serialized)
struct SystemAndErrorTests {
    private typealias Message = MessagesEndpointTests.Message

    @Test(
        "a system event goes to the subscribers of system alone, as it was posted",
        arguments: ["service_started", "service_stopped", "connection_count", "status_update"])
    func events(event: String) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let subscriber = try server.client("/")
        let other = try server.client("/")
        try subscriber.subscribe(to: "system")
        let body = #"{"event":"\#(event)","service":"vision","message":"all is well","timestamp":7}"#
        #expect(try server.post("/api/system", body) == #"{"success":true,"clients":1}"#)
        #expect(try subscriber.nextTextBesidesCounts() == #"{"type":"system","data":\#(body)}"#)
        #expect(try other.isToldNothing())
        try subscriber.unsubscribe(from: "system")
        #expect(try server.post("/api/system", body) == #"{"success":true,"clients":0}"#)
        #expect(try subscriber.isToldNothing())
    }

    @Test("a message without a timestamp gets the present one", arguments: ServerVariant.all)
    func timestamps(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client("/")
        try client.subscribe(to: "system")
        for (path, body) in [
            ("/api/system", #"{"event":"status_update","service":"s","message":"m"}"#),
            ("/api/error", #"{"error":"e","details":"d","code":"NETWORK_ERROR"}"#),
        ] {
            let before = WallClock.millisecondsSinceEpoch()
            _ = try server.post(path, body)
            let message = try Message(client.nextTextBesidesCounts())
            let timestamp = try #require(message.data?.timestamp)
            #expect(abs(timestamp - before) < 600_000)
        }
    }

    @Test(
        "an error reaches every client of / whatever it subscribed to, and no other",
        arguments: ["CAMERA_ERROR", "AI_ERROR", "NETWORK_ERROR", "VALIDATION_ERROR", "RATE_LIMIT"])
    func errors(code: String) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let clients = try server.clients(3, "/")
        let relay = try server.client("/relay")
        try clients[0].unsubscribe(from: "gesture", "ai_response")
        try clients[1].subscribe(to: "system")
        let body = #"{"error":"Camera unavailable","details":"/dev/video0","code":"\#(code)","timestamp":7}"#
        #expect(try server.post("/api/error", body) == #"{"success":true,"clients":3}"#)
        for client in clients {
            #expect(try client.nextTextBesidesCounts() == #"{"type":"error","data":\#(body)}"#)
        }
        #expect(try clients[2].isToldNothing(), "once is enough")
        try relay.send("mine")
        #expect(try relay.nextText() == "mine")
    }

    @Test("an error reaches the clients of all loops", arguments: ServerVariant.all)
    func errorsEverywhere(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let clients = try server.clients(9, "/")
        let body = #"{"error":"e","details":"d","code":"NETWORK_ERROR","timestamp":0}"#
        #expect(try server.post("/api/error", body) == #"{"success":true,"clients":9}"#)
        for client in clients { #expect(try client.nextText() == #"{"type":"error","data":\#(body)}"#) }
    }

    @Test(
        "what is not as specified is refused, and nobody gets it",
        arguments: [
            ("/api/system", #"{"event":"sunrise","service":"s","message":"m"}"#),
            ("/api/system", #"{"event":"status_update","service":"s"}"#),
            ("/api/system", #"{"event":"status_update","service":1,"message":"m"}"#),
            ("/api/system", #"{"event":"status_update","service":"s","message":"m","timestamp":-1}"#),
            ("/api/error", #"{"error":"e","details":"d","code":"OTHER"}"#),
            ("/api/error", #"{"error":"e","code":"AI_ERROR"}"#),
            ("/api/error", #"{"error":"e","details":"d","code":"AI_ERROR","code":"AI_ERROR"}"#),
        ])
    func refusals(path: String, body: String) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client("/")
        let response = try server.request("POST", path, json: body)
        #expect(response.status == 400)
        #expect(String(decoding: response.body, as: UTF8.self).contains(#""code":"VALIDATION_ERROR""#))
        #expect(try client.isToldNothing())
        #expect(try server.totalMessages() == 0)
    }

    @Test("a crowd that comes at once is announced at most ten times a second, and its number in the end")
    func coalescing() throws {
        let server = try RunningServer(ServerVariant.all[0])
        let observer = try server.client("/")
        try observer.subscribe(to: "system")
        let began = MonotonicInstant.now()
        let crowd = SharedList<TestClient>()
        try Threads.run(5) { _ in
            for _ in 0..<10 { crowd.append(try server.client("/echo")) }
        }
        var counts: [Int] = []
        while counts.last != 51 { counts.append(try Message(observer.nextText()).data?.count ?? -1) }
        let tenths = Int((MonotonicInstant.now() - began) / 100_000_000)
        #expect(counts.allSatisfy { (1...51).contains($0) })
        #expect(counts.count <= tenths + 2, "\(counts)")
        // The last one is true, and stays so: nothing else is said while nobody comes or goes.
        try observer.unsubscribe(from: "system")
        #expect(try observer.isToldNothing())
        #expect(crowd.elements.count == 50)
    }
}
