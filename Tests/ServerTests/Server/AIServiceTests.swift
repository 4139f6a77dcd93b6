import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: an AI service that answers", .serialized)
struct AIServiceTests {
    private typealias Message = MessagesEndpointTests.Message

    /// A server that asks the stand-in.
    static func server(
        _ variant: ServerVariant, asking standIn: OllamaStandIn,
        _ configure: (inout AIServiceConfiguration) -> Void = { _ in }
    ) throws -> RunningServer {
        var service = try AIServiceConfiguration(url: "http://127.0.0.1:\(standIn.port)")
        service.model = "small"
        service.timeoutSeconds = 60
        configure(&service)
        return try RunningServer(variant) { $0.artificialIntelligence = service }
    }

    static func query(_ text: String) -> [UInt8] {
        RunningServer.request("POST", "/api/ai/infer", json: "{\"query\":\"\(text)\"}")
    }

    private static let success = Array(#"{"success":true,"clients":1}"#.utf8)

    @Test(
        "its answer is broadcast to subscribers and given to the one who asked, fields mapped",
        arguments: ServerVariant.all)
    func answer(variant: ServerVariant) throws {
        let standIn = try OllamaStandIn(.answer(status: 200, body: OllamaStandIn.good))
        defer { standIn.stop() }
        let server = try Self.server(variant, asking: standIn)
        let subscribers = try server.clients(3, "/")
        let other = try server.client("/")
        try other.unsubscribe(from: "ai_response")
        let data = try server.post("/api/ai/infer", #"{"query":"why?"}"#)
        #expect(
            data.hasPrefix(
                #"{"query":"why?","response":"A wave.","metadata":{"model":"llama3.2:latest","inferenceTime":1234,"#
                    + #""tokenCount":45},"timestamp":"#))
        for subscriber in subscribers {
            #expect(try subscriber.nextText() == #"{"type":"ai_response","data":\#(data)}"#)
        }
        #expect(try other.isToldNothing())
        #expect(try server.totalMessages() == 1)
    }

    @Test("it is asked for what the query says, and nothing else")
    func asked() throws {
        let standIn = try OllamaStandIn(.answer(status: 200, body: OllamaStandIn.good))
        defer { standIn.stop() }
        let server = try Self.server(ServerVariant.all[0], asking: standIn)
        _ = try server.post("/api/ai/infer", #"{"query":"why \"so\"?"}"#)
        _ = try server.post("/api/ai/infer", #"{"query":"é","context":"be brief","other":1}"#)
        _ = try server.post("/api/ai/infer", #"{"query":"q","context":{"room":"kitchen"}}"#)
        let requests = standIn.requests
        #expect(
            requests.map { String(decoding: $0.body, as: UTF8.self) } == [
                #"{"model":"small","prompt":"why \"so\"?","stream":false}"#,
                #"{"model":"small","prompt":"é","system":"be brief","stream":false}"#,
                #"{"model":"small","prompt":"q","system":"{\"room\":\"kitchen\"}","stream":false}"#,
            ])
        for request in requests {
            #expect(request.method == "POST")
            #expect(request.path == "/api/generate")
            #expect(request.headers.first("Content-Type") == "application/json")
        }
    }

    @Test("a query that is not as specified is refused before anybody is asked")
    func validation() throws {
        let standIn = try OllamaStandIn(.answer(status: 200, body: OllamaStandIn.good))
        defer { standIn.stop() }
        let server = try Self.server(ServerVariant.all[0], asking: standIn)
        for body in ["{}", #"{"query":""}"#, #"{"query":1}"#, #"{"query":"q","context":5}"#] {
            #expect(try server.request("POST", "/api/ai/infer", json: body).status == 400)
        }
        #expect(standIn.requests.isEmpty)
    }

    @Test(
        "while it works, broadcasts flow, requests are answered, and what the asker sends next waits its turn",
        arguments: ServerVariant.all)
    func goesOn(variant: ServerVariant) throws {
        let standIn = try OllamaStandIn(.held(body: OllamaStandIn.good))
        defer { standIn.stop() }
        let server = try Self.server(variant, asking: standIn)
        let subscriber = try server.client("/")
        let asker = try server.client()
        try asker.write(Self.query("slow") + MessagesEndpointTests.gesture("behind"))
        try SlowClientTests.await { standIn.requests.count == 1 }
        try asker.write(RunningServer.request("GET", "/nowhere"))
        for number in 0..<10 {
            _ = try server.postGesture("\(number)")
            #expect(try Message(subscriber.nextText()).data?.type == "\(number)")
            #expect(try server.request("GET", "/healthz").status == 200)
        }
        #expect(try subscriber.isToldNothing())
        standIn.release()
        #expect(try String(decoding: asker.response().body, as: UTF8.self).contains("A wave."))
        #expect(try asker.response().body == Self.success)
        #expect(try asker.response().status == 404)
        #expect(try Message(subscriber.nextText()).type == "ai_response")
        #expect(try Message(subscriber.nextText()).data?.type == "behind")
    }

    @Test(
        "more queries than may be asked at a time get 503 and Retry-After, and nobody is told",
        arguments: ServerVariant.all)
    func busy(variant: ServerVariant) throws {
        let standIn = try OllamaStandIn(.held(body: OllamaStandIn.good))
        defer { standIn.stop() }
        let server = try Self.server(variant, asking: standIn) { $0.maximumCalls = 2 }
        let subscriber = try server.client("/")
        let askers = try (0..<2).map { _ in try server.client() }
        for asker in askers { try asker.write(Self.query("first")) }
        try SlowClientTests.await { standIn.requests.count == 2 }
        for _ in 0..<3 {
            let refusal = try server.request("POST", "/api/ai/infer", json: #"{"query":"one too many"}"#)
            #expect(refusal.status == 503)
            #expect(refusal.headers.first("Retry-After") == "1")
            #expect(String(decoding: refusal.body, as: UTF8.self).contains(#""code":"AI_ERROR""#))
        }
        #expect(try subscriber.isToldNothing())
        #expect(standIn.requests.count == 2)
        standIn.release()
        for asker in askers { #expect(try asker.response().status == 200) }
        for _ in askers { #expect(try Message(subscriber.nextText()).type == "ai_response") }
        _ = try server.post("/api/ai/infer", #"{"query":"there is room again"}"#)
    }

    @Test("an asker that goes away leaves its place to others", arguments: ServerVariant.all)
    func goneAsker(variant: ServerVariant) throws {
        let standIn = try OllamaStandIn(.held(body: OllamaStandIn.good))
        defer { standIn.stop() }
        let server = try Self.server(variant, asking: standIn) { $0.maximumCalls = 1 }
        let asker = try server.client()
        try asker.write(Self.query("never mind"))
        try SlowClientTests.await { standIn.requests.count == 1 }
        asker.reset()
        standIn.release()
        try SlowClientTests.await {
            try server.request("POST", "/api/ai/infer", json: #"{"query":"mine"}"#).status == 200
        }
    }

    @Test(
        "a call ends with the connection of the one who asked, and its place is free at once",
        arguments: ServerVariant.all)
    func abandonedCall(variant: ServerVariant) throws {
        let standIn = try OllamaStandIn(.held(body: OllamaStandIn.good))
        defer { standIn.stop() }
        let server = try Self.server(variant, asking: standIn) { $0.maximumCalls = 1 }
        let subscriber = try server.client("/")
        for number in 1...4 {
            let asker = try server.client()
            try asker.write(Self.query("never mind"))
            try SlowClientTests.await { standIn.requests.count == number }
            if number % 2 == 0 { asker.reset() } else { asker.close() }
            try SlowClientTests.await { standIn.abandonedCount == number }
        }
        let asker = try server.client()
        try asker.write(Self.query("mine"))
        try SlowClientTests.await { standIn.requests.count == 5 }
        #expect(try subscriber.isToldNothing())
        standIn.release()
        #expect(try asker.response().status == 200)
        #expect(try Message(subscriber.nextText()).type == "ai_response")
    }

    @Test("a server that goes down does not wait for it: the asker gets 503", arguments: ServerVariant.all)
    func goingDown(variant: ServerVariant) throws {
        let standIn = try OllamaStandIn(.held(body: OllamaStandIn.good))
        defer { standIn.stop() }
        let server = try Self.server(variant, asking: standIn)
        let asker = try server.client()
        try asker.write(Self.query("too late"))
        try SlowClientTests.await { standIn.requests.count == 1 }
        server.beginToStop()
        let response = try asker.response()
        #expect(response.status == 503)
        #expect(response.headers.first("Connection") == "close")
        #expect(try asker.readToEnd().isEmpty)
        asker.close()
        server.stop()
    }
}
