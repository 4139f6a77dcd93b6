import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: HTTP connections and bodies", .serialized)
struct HTTPConnectionTests {
    private static let gesture = #"{"type":"wave","position":{"x":1,"y":2},"confidence":0.5}"#
    private static let success = Array(#"{"success":true,"clients":1}"#.utf8)

    private static func post(_ fields: String) -> String {
        "POST /api/gesture/process HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n\(fields)\r\n"
    }

    @Test("a request in single bytes is answered", arguments: ServerVariant.all)
    func singleBytes(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let subscriber = try server.client("/")
        let client = try server.client()
        for byte in RunningServer.request("POST", "/api/gesture/process", json: Self.gesture) {
            try client.write([byte])
        }
        #expect(try client.response().body == Self.success)
        #expect(try subscriber.nextText().contains("wave"))
    }

    @Test(
        "a body in chunks is put together, and the next request found behind its trailers",
        arguments: ServerVariant.all)
    func chunks(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let subscriber = try server.client("/")
        let client = try server.client()
        let bytes = Array(Self.gesture.utf8)
        let (first, second) = (bytes[..<10], bytes[10...])
        var request = Array(Self.post("Transfer-Encoding: chunked\r\n").utf8)
        request += "A;name=value\r\n".utf8
        request += first
        request += "\r\n\(String(second.count, radix: 16))\r\n".utf8
        request += second
        request += "\r\n0\r\nX-Trailer: x\r\n\r\n".utf8
        for _ in 0..<2 { try client.write(request) }
        for _ in 0..<2 {
            #expect(try client.response().body == Self.success)
            #expect(try subscriber.nextText().hasPrefix(#"{"type":"gesture","data":{"type":"wave","#))
        }
    }

    @Test("who sends its body at once is not invited to; who asks for something else is refused")
    func expectations() throws {
        let server = try RunningServer(ServerVariant.all[0])
        let eager = try server.client()
        let fields = "Connection: close\r\nContent-Length: \(Self.gesture.utf8.count)\r\n"
        try eager.write(Self.post("Expect: 100-continue\r\n\(fields)") + Self.gesture)
        #expect(try String(decoding: eager.readToEnd(), as: UTF8.self).hasPrefix("HTTP/1.1 200 OK\r\n"))
        let demanding = try server.client()
        try demanding.write(Self.post("Expect: tea\r\n\(fields)"))
        #expect(try demanding.response().status == 417)
        #expect(try demanding.readToEnd().isEmpty)
    }

    @Test(
        "a body whose end is not beyond doubt is refused, and the connection ends",
        arguments: [
            ("Content-Length: 2\r\nContent-Length: 3\r\n", 400), ("Content-Length: 2, 2\r\n", 400),
            ("Content-Length: +2\r\n", 400), ("Content-Length: 0x2\r\n", 400), ("Content-Length: \r\n", 400),
            ("Transfer-Encoding: gzip\r\n", 501), ("Transfer-Encoding: gzip, chunked\r\n", 501),
            ("Transfer-Encoding: chunked, chunked\r\n", 501), ("Transfer-Encoding: \r\n", 501),
        ])
    func doubtfulBodies(fields: String, status: Int) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client()
        try client.write(Self.post(fields) + "{}")
        let response = try client.response()
        #expect(response.status == status)
        #expect(response.headers.first("Connection") == "close")
        #expect(try client.readToEnd().isEmpty)
    }

    @Test("a length that is given twice alike is one")
    func repeatedLength() throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client()
        let length = "Content-Length: \(Self.gesture.utf8.count)\r\n"
        try client.write(Self.post(length + length) + Self.gesture)
        #expect(try client.response().status == 200)
    }

    @Test(
        "a connection lives on where both ends' versions and wishes have it so",
        arguments: [
            ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: close\r\n", false),
            ("HTTP/1.1", "Connection: Keep-Alive\r\n", true), ("HTTP/1.1", "Connection: x, CLOSE\r\n", false),
            ("HTTP/1.0", "", false), ("HTTP/1.0", "Connection: keep-alive\r\n", true),
        ])
    func persistence(version: String, fields: String, livesOn: Bool) throws {
        let server = try RunningServer(ServerVariant.all[0])
        let client = try server.client()
        try client.write("GET /healthz \(version)\r\nHost: t\r\n\(fields)\r\n")
        let response = try client.response()
        #expect(response.headers.first("Connection") == (livesOn ? "keep-alive" : "close"))
        if livesOn {
            try client.write(RunningServer.request("GET", "/nowhere"))
            #expect(try client.response().status == 404)
        } else {
            #expect(try client.readToEnd().isEmpty)
        }
    }

    @Test("HEAD of every GET route has no body; of others it is refused without one", arguments: ServerVariant.all)
    func heads(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        for route in Route.fixed {
            let client = try server.client()
            try client.write(
                "HEAD \(route.path) HTTP/1.1\r\nHost: t\r\n\r\n"
                    + "HEAD /healthz HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")
            let text = String(decoding: try client.readToEnd(), as: UTF8.self)
            let answers = text.split(separator: "\r\n\r\n")
            #expect(answers.count == 2, "\(route): nothing but two heads")
            #expect(answers.first?.hasPrefix("HTTP/1.1 \(route.method == "GET" ? 200 : 405) ") == true)
            #expect(answers.first?.contains("Content-Length: 0\r\n") == false)
            #expect(answers.last?.hasPrefix("HTTP/1.1 200 OK\r\n") == true)
        }
    }

    @Test("the page for people names the endpoints that there are")
    func page() throws {
        for hasRelay in [false, true] {
            let server = try RunningServer(ServerVariant.all[0]) { $0.servesRelay = hasRelay }
            let response = try server.request("GET", "/")
            #expect(response.status == 200)
            #expect(response.headers.first("Content-Type") == "text/plain; charset=utf-8")
            #expect(String(decoding: response.body, as: UTF8.self).contains("/relay") == hasRelay)
        }
    }

    @Test("an upgrade that is refused says what would be taken")
    func refusedUpgrades() throws {
        let server = try RunningServer(ServerVariant.all[0])
        let upgrade = "Host: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        let old = try server.client()
        try old.write(
            "GET / HTTP/1.1\r\n\(upgrade)Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Version: 8\r\n\r\n")
        let answer = try old.response()
        #expect(answer.status == 426)
        #expect(answer.headers.first("Upgrade") == "websocket")
        #expect(answer.headers.first("Sec-WebSocket-Version") == "13")
        #expect(try old.readToEnd().isEmpty)
        let posted = try server.client()
        try posted.write("POST / HTTP/1.1\r\n\(upgrade)\r\n")
        let refusal = try posted.response()
        #expect(refusal.status == 405)
        #expect(refusal.headers.first("Allow") == "GET")
    }
}
