import FoundationEssentials
import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: an AI service that fails", .serialized)
struct AIServiceFailureTests {
    struct Fault: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let reply: OllamaStandIn.Reply
        let status: Int
        /// In what everybody is told.
        let details: String
        let timeoutSeconds: Double

        init(
            _ description: String, _ reply: OllamaStandIn.Reply, status: Int = 502, _ details: String,
            timeoutSeconds: Double = 60
        ) {
            testDescription = description
            self.reply = reply
            self.status = status
            self.details = details
            self.timeoutSeconds = timeoutSeconds
        }

        static let all: [Fault] = [
            Fault("an error", .answer(status: 500, body: #"{"error":"out of memory"}"#), "with 500: out of memory"),
            Fault("an unknown model", .answer(status: 404, body: "no such page"), "with 404: no reason given"),
            Fault("bad JSON", .answer(status: 200, body: "{\"response\""), "cannot be read"),
            Fault("no response", .answer(status: 200, body: #"{"done":true}"#), "cannot be read"),
            Fault("no answer", .bytes(""), "cannot be reached"),
            Fault(
                "an end within the body", .bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"respo"),
                "cannot be reached"),
            Fault(
                "an end within a chunk",
                .bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{\"response\":\"r\"}"),
                "cannot be reached"),
            Fault(
                "too much", .answer(status: 200, body: "{\"response\":\"\(String(repeating: "r", count: 40_000))\"}"),
                "larger than 20000 bytes"),
            Fault("silence", .silence, status: 504, "within 0.3 s", timeoutSeconds: 0.3),
            Fault("a body that never ends", .dribble, status: 504, "within 0.3 s", timeoutSeconds: 0.3),
        ]
    }

    private struct Problem: Decodable {
        let error: String
        let code: String?
        let details: String
    }

    /// Asks; the answer and what every client of `/` is told say the same.
    private func expectFailure(
        _ server: RunningServer, status: Int, details: String, _ description: String
    ) throws {
        let clients = try server.clients(4, "/")
        try clients[0].unsubscribe(from: "gesture", "ai_response")
        let relay = try server.client("/relay")
        let response = try server.request("POST", "/api/ai/infer", json: #"{"query":"why?"}"#)
        #expect(response.status == status, "\(description): \(response)")
        #expect(response.headers.first("Retry-After") == nil)
        let problem = try JSONDecoder().decode(Problem.self, from: Data(response.body))
        #expect(problem.code == "AI_ERROR")
        #expect(problem.details.contains(details), "\(description): \(problem.details)")
        for client in clients {
            let message = try MessagesEndpointTests.Message(client.nextText())
            #expect(message.type == "error")
            #expect(message.data?.error == "AI service unavailable")
            #expect(message.data?.code == "AI_ERROR")
            #expect(message.data?.details == problem.details)
            #expect((message.data?.timestamp ?? 0) > 0)
            #expect(try client.isToldNothing(), "once is enough")
        }
        try relay.send("mine")
        #expect(try relay.nextText() == "mine")
        #expect(try server.request("GET", "/healthz").status == 200)
    }

    @Test("is answered with 502 or 504 and told to every client", arguments: Fault.all)
    func faults(fault: Fault) throws {
        let standIn = try OllamaStandIn(fault.reply)
        defer { standIn.stop() }
        let server = try AIServiceTests.server(ServerVariant.all[0], asking: standIn) {
            $0.timeoutSeconds = fault.timeoutSeconds
            $0.maximumAnswerBytes = 20_000
        }
        try expectFailure(server, status: fault.status, details: fault.details, fault.testDescription)
        #expect(standIn.requests.count >= 1)
    }

    @Test("is told to the clients of all loops", arguments: ServerVariant.all)
    func everywhere(variant: ServerVariant) throws {
        let standIn = try OllamaStandIn(.answer(status: 503, body: #"{"error":"loading"}"#))
        defer { standIn.stop() }
        let server = try AIServiceTests.server(variant, asking: standIn)
        try expectFailure(server, status: 502, details: "with 503: loading", "\(variant)")
    }

    @Test("nobody who listens is a failure as well", arguments: ServerVariant.all)
    func refused(variant: ServerVariant) throws {
        let standIn = try OllamaStandIn(.silence)
        standIn.stop()
        let server = try AIServiceTests.server(variant, asking: standIn)
        try expectFailure(server, status: 502, details: "cannot be reached", "\(variant)")
    }

    @Test("calls that took too long leave their places to others")
    func placesAreGivenBack() throws {
        let standIn = try OllamaStandIn(.dribble)
        defer { standIn.stop() }
        let server = try AIServiceTests.server(ServerVariant.all[0], asking: standIn) {
            $0.timeoutSeconds = 0.1
            $0.maximumCalls = 1
        }
        for _ in 0..<5 {
            #expect(try server.request("POST", "/api/ai/infer", json: #"{"query":"why?"}"#).status == 504)
        }
    }
}
