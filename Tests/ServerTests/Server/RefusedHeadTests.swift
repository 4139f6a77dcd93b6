import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: requests that are refused for their head alone", .serialized)
struct RefusedHeadTests {
    struct Refusal: CustomTestStringConvertible {
        let testDescription: String
        let start: String
        let fields: String
        let status: Int

        init(_ description: String, _ start: String, _ fields: String, _ status: Int) {
            testDescription = description
            self.start = start
            self.fields = fields
            self.status = status
        }

        static let json = "Content-Type: application/json\r\n"
        static let token = "Authorization: Bearer good-token\r\n"
        static let upgrade =
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

        static let all = [
            Refusal("an unknown path", "POST /nowhere", json + token, 404),
            Refusal("a wrong method", "PUT /api/system", json + token, 405),
            Refusal("no token", "POST /api/system", json, 401),
            Refusal("another token", "POST /api/system", json + "Authorization: Bearer other\r\n", 401),
            Refusal("a foreign origin", "POST /api/system", json + token + "Origin: https://evil.example\r\n", 403),
            Refusal("no JSON", "POST /api/system", token + "Content-Type: text/plain\r\n", 415),
            Refusal("an upgrade with a body", "GET /", token + upgrade, 400),
        ]
    }

    private func guardedServer() throws -> RunningServer {
        let tokens = try TokenSet(parsing: Array("good-token\n".utf8))
        let origin = try AllowedOrigin(parsing: "https://app.example")
        return try RunningServer(ServerVariant.all[0]) {
            $0.access.tokens = tokens
            $0.access.allowedOrigins = [origin]
        }
    }

    @Test(
        "are answered before their body has come, and are not told to send it; then the connection ends",
        arguments: Refusal.all)
    func refused(refusal: Refusal) throws {
        let server = try guardedServer()
        for framing in ["Content-Length: 1000\r\n", "Transfer-Encoding: chunked\r\n"] {
            for expectation in ["Expect: 100-continue\r\n", ""] {
                let client = try server.client()
                let fields = refusal.fields + framing + expectation
                try client.write("\(refusal.start) HTTP/1.1\r\nHost: t\r\n\(fields)\r\n")
                let text = try String(decoding: client.readToEnd(), as: UTF8.self)
                #expect(text.hasPrefix("HTTP/1.1 \(refusal.status) "), "\(fields): \(text)")
                #expect(text.contains("\r\nConnection: close\r\n"))
                #expect(text.ranges(of: "HTTP/1.1 ").count == 1)
            }
        }
    }

    @Test("a body that comes all the same, in pieces, is no other request and is not kept")
    func bodyFollows() throws {
        let server = try ScriptedServer()
        let index = server.adopt()
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 4096) + RunningServer.request("GET", "/healthz")
        let head = "POST /nowhere HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000\r\n\r\nbegun"
        server.turn { [driver = server.driver] in driver.receive(index, Array(head.utf8)) }
        for _ in 0..<100 { server.turn { [driver = server.driver] in driver.receive(index, body) } }
        let answers = String(decoding: server.driver.takeDelivered(index), as: UTF8.self)
        #expect(answers.hasPrefix("HTTP/1.1 404 "))
        #expect(answers.ranges(of: "HTTP/1.1 ").count == 1)
        #expect(server.loop.bufferedRequestBytes == 0)
        let holds = server.connection(index)?.heldInput != nil
        #expect(!holds)
    }

    @Test("an upgrade with a body is refused as well where it comes whole")
    func wholeUpgrade() throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client()
        try client.write("GET / HTTP/1.1\r\nHost: t\r\n\(Refusal.upgrade)Content-Length: 2\r\n\r\n{}")
        #expect(try client.response().status == 400)
        #expect(try client.readToEnd().isEmpty)
    }

    @Test("one that comes whole leaves its connection as it was")
    func whole() throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client()
        try client.write(RunningServer.request("POST", "/nowhere", json: "{}"))
        #expect(try client.response().status == 404)
        try client.write(RunningServer.request("GET", "/healthz"))
        #expect(try client.response().status == 200)
    }

    @Test("whoever may go on is told so once for each request of a connection")
    func invitations() throws {
        let server = try guardedServer()
        let client = try server.client()
        let body = #"{"event":"status_update","service":"s","message":"m"}"#
        for _ in 0..<2 {
            try client.write(
                "POST /api/system HTTP/1.1\r\nHost: t\r\n\(Refusal.json)\(Refusal.token)Expect: 100-continue\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n")
            try client.wait(for: "HTTP/1.1 100 Continue\r\n\r\n")
            for byte in body.utf8 { try client.write([byte]) }
            // Behind the one that was waited for.
            #expect(try client.response().status == 200)
        }
    }
}
