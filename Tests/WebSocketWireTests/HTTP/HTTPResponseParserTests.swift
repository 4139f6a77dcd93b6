import Testing
import WebSocketWire

@Suite("HTTPResponseParser")
struct HTTPResponseParserTests {
    /// The responses in `text` and the violation that ended them, the same for every split.
    private func parse(
        _ text: String, limits: HTTPLimits = HTTPLimits()
    ) -> (responses: [HTTPClientResponse], violation: HTTPViolation?) {
        let bytes = Array(text.utf8)
        let whole = parse(pieces: [bytes], limits: limits)
        for pieces in Splits.all(of: bytes) {
            let split = parse(pieces: pieces, limits: limits)
            #expect(split.responses == whole.responses)
            #expect(split.violation == whole.violation)
        }
        return whole
    }

    private func parse(
        pieces: [[UInt8]], limits: HTTPLimits
    ) -> (responses: [HTTPClientResponse], violation: HTTPViolation?) {
        var parser = HTTPResponseParser(limits: limits)
        var responses: [HTTPClientResponse] = []
        for piece in pieces {
            var offset = 0
            do {
                try piece.withUnsafeBytes { input in
                    while let response = try parser.next(in: input, at: &offset) {
                        responses.append(response)
                    }
                }
            } catch {
                return (responses, error as? HTTPViolation)
            }
        }
        return (responses, nil)
    }

    @Test("a 101 has no body, and what follows stays in the input")
    func switchingProtocols() throws {
        let head = Array(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nContent-Length: 9\r\n\r\n".utf8)
        var parser = HTTPResponseParser()
        try (head + [0x81, 0x00]).withUnsafeBytes { input in
            var offset = 0
            let response = try parser.next(in: input, at: &offset)
            #expect(response?.status == 101)
            #expect(response?.reason == "Switching Protocols")
            #expect(response?.headers.first("upgrade") == "websocket")
            #expect(response?.body.isEmpty == true)
            #expect(offset == head.count)
        }
    }

    @Test("bodies by length and in chunks")
    func bodies() {
        let (responses, violation) = parse(
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"
                + "HTTP/1.1 503 \r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbad\r\n0\r\n\r\n"
                + "HTTP/1.1 204 No Content\r\n\r\n" + "HTTP/1.0 304\r\n\r\n")
        #expect(violation == nil)
        #expect(responses.map(\.status) == [403, 503, 204, 304])
        #expect(responses.map(\.reason) == ["Forbidden", "", "No Content", ""])
        #expect(responses.map { String(decoding: $0.body, as: UTF8.self) } == ["no", "bad", "", ""])
    }

    @Test("interim responses are skipped")
    func interim() {
        let (responses, _) = parse(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(responses.map(\.status) == [200])
        #expect(responses[0].headers.first("Link") == nil)
    }

    @Test(
        "malformed responses are refused",
        arguments: [
            "\r\n\r\n", "HTTP/1.1\r\n", "HTTP/1.1 20\r\n", "HTTP/1.1 2000 OK\r\n", "HTTP/1.1 abc OK\r\n",
            "HTTP/1.1 099 OK\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200 \u{0}\r\n", "HTTP/1.1 200 OK\n",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "HTTP/1.1  200 OK\r\n",
        ])
    func malformed(text: String) {
        let (responses, violation) = parse(text)
        #expect(responses.isEmpty)
        #expect(violation?.statusCode == 400)
    }

    @Test("limits hold as for requests")
    func limits() {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
        #expect(parse(head, limits: HTTPLimits(bodyBytes: 4)).violation == .bodyTooLarge)
        #expect(parse(head, limits: HTTPLimits(headBytes: head.utf8.count - 1)).violation == .headTooLarge)
        #expect(parse(head + "hello", limits: HTTPLimits(bodyBytes: 5)).responses.count == 1)
    }
}
