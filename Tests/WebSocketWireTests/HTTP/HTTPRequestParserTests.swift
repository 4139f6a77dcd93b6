import Testing
import WebSocketWire

@Suite("HTTPRequestParser: requests")
struct HTTPRequestParserTests {
    @Test("the upgrade request of RFC 6455 §1.3")
    func upgradeRequest() throws {
        let transcript = RequestTranscript(
            everySplitOf: """
                GET /chat?room=1&x=? HTTP/1.1\r
                Host: server.example.com\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Origin: http://example.com\r
                Sec-WebSocket-Protocol: chat, superchat\r
                Sec-WebSocket-Version: 13\r
                \r

                """)
        let request = try #require(transcript.requests.first)
        #expect(request.method == "GET")
        #expect(request.path == "/chat")
        #expect(request.query == "room=1&x=?")
        #expect(request.minorVersion == 1)
        #expect(request.headers.count == 7)
        #expect(request.headers.first("Origin") == "http://example.com")
        #expect(request.isUpgradeRequest)
        #expect(request.body.isEmpty)
        #expect(!transcript.hasBegun)
    }

    @Test("what follows a request stays in the input")
    func restOfInput() throws {
        let head = Array("GET / HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
        var parser = HTTPRequestParser()
        try (head + [0x81, 0x00]).withUnsafeBytes { input in
            var offset = 0
            let request = try parser.next(in: input, at: &offset)
            #expect(request?.path == "/")
            #expect(offset == head.count)
        }
    }

    @Test("pipelined requests come one after the other, with and without bodies")
    func pipelining() {
        let transcript = RequestTranscript(
            everySplitOf: "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"
                + "GET /b HTTP/1.1\r\nHost: h\r\n\r\n"
                + "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                + "DELETE /d HTTP/1.0\r\n\r\n")
        #expect(transcript.requests.map(\.path) == ["/a", "/b", "/c", "/d"])
        #expect(
            transcript.requests.map { String(decoding: $0.body, as: UTF8.self) } == ["hello", "", "abc", ""])
        #expect(transcript.violation == nil)
    }

    @Test(
        "targets in absolute form give their path, as in ws://localhost:3001/x",
        arguments: [
            ("ws://localhost:3001/x", "/x", nil), ("WS://localhost:3001/x?y", "/x", "y"),
            ("http://h", "/", nil),
            ("wss://[::1]:80?q", "/", "q"), ("https://h/", "/", nil), ("/a%20b", "/a%20b", nil),
            ("/?", "/", ""),
        ] as [(String, String, String?)])
    func targets(target: String, path: String, query: String?) {
        let transcript = RequestTranscript(everySplitOf: "GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(transcript.requests.map(\.path) == [path])
        #expect(transcript.requests.map(\.query) == [query])
    }

    @Test("the asterisk form is for OPTIONS alone")
    func asterisk() {
        #expect(
            RequestTranscript(everySplitOf: "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").requests[0].path == "*")
        #expect(
            RequestTranscript(everySplitOf: "GET * HTTP/1.1\r\nHost: h\r\n\r\n").violation?.statusCode == 400)
    }

    @Test("values are trimmed, may be empty and may hold tabs and any text")
    func values() {
        let request = RequestTranscript(
            everySplitOf: "GET / HTTP/1.1\r\nHost:h\r\nA: \t b \tc\t \r\nE:\r\nU: é:x\r\n\r\n"
        ).requests[0]
        #expect(request.headers.first("a") == "b \tc")
        #expect(request.headers.first("E")?.isEmpty == true)
        #expect(request.headers.first("u") == "é:x")
    }

    @Test("one empty line before a request is skipped, two are not")
    func emptyLines() {
        let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
        #expect(RequestTranscript(everySplitOf: "\r\n" + request + "\r\n" + request).requests.count == 2)
        #expect(RequestTranscript(everySplitOf: "\r\n\r\n" + request).violation?.statusCode == 400)
    }

    @Test("chunks are put together; extensions and trailers are dropped")
    func chunks() {
        let transcript = RequestTranscript(
            everySplitOf: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4;name=value\r\nWiki\r\n006 ; x\r\npedia \r\n"
                + "A\r\n0123456789\r\n0\r\nExpires: never\r\n\r\n"
        )
        #expect(transcript.violation == nil)
        #expect(
            transcript.requests.map { String(decoding: $0.body, as: UTF8.self) } == ["Wikipedia 0123456789"])
        #expect(transcript.requests.first?.headers.first("Expires") == nil)
    }

    @Test("a Content-Length given twice with one value is accepted")
    func repeatedLength() {
        let transcript = RequestTranscript(
            everySplitOf: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok")
        #expect(transcript.requests.first?.body == Array("ok".utf8))
    }

    @Test("a client that waits for 100 Continue is noticed until its body begins")
    func expectsContinue() throws {
        var parser = HTTPRequestParser()
        func feed(_ text: String) throws -> HTTPRequest? {
            var offset = 0
            return try Array(text.utf8).withUnsafeBytes { try parser.next(in: $0, at: &offset) }
        }
        #expect(
            try feed("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n") == nil)
        #expect(!parser.expectsContinue)
        #expect(try feed("\r\n") == nil)
        #expect(parser.expectsContinue)
        #expect(try feed("ab") == nil)
        #expect(!parser.expectsContinue)
        #expect(parser.hasBegun)
        #expect(parser.bufferedBytes > 2)
        #expect(try feed("c")?.body == Array("abc".utf8))
        #expect(!parser.hasBegun)
        #expect(parser.bufferedBytes == 0)
    }

    @Test("the head is there once it is complete, until the request is")
    func headUnderWay() throws {
        var parser = HTTPRequestParser()
        func feed(_ text: String) throws -> HTTPRequest? {
            var offset = 0
            return try Array(text.utf8).withUnsafeBytes { try parser.next(in: $0, at: &offset) }
        }
        #expect(parser.headUnderWay == nil)
        #expect(try feed("POST /a?b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n") == nil)
        #expect(parser.headUnderWay == nil)
        #expect(try feed("\r\nab") == nil)
        let head = try #require(parser.headUnderWay)
        #expect(head.body.isEmpty)
        let request = try #require(try feed("c"))
        #expect(parser.headUnderWay == nil)
        #expect(request.body == Array("abc".utf8))
        #expect(head.method == "POST")
        #expect(head.path == "/a")
        #expect(head.headers == request.headers)
    }

    @Test("a request without a body waits for no 100 Continue")
    func expectWithoutBody() {
        let transcript = RequestTranscript(
            everySplitOf: "GET / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\r\n")
        #expect(transcript.requests.count == 1)
    }
}
