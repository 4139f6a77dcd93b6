import Testing
import WebSocketWire

@Suite("HTTPRequestParser: what is refused")
struct HTTPRequestParserViolationTests {
    @Test(
        "malformed heads are bad requests",
        arguments: [
            "GET / HTTP/1.1\nHost: h\n\n", "GET / HTTP/1.1\r\nHost: h\n\r\n",
            "GET / HTTP/1.1\rHost: h\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nA: b\rc\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\n\tfolded: x\r\n\r\n", "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\n: empty\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nA(: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nA: \u{0}\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nA: \u{7F}\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nA: \u{1B}[0m\r\n\r\n",
            "GET  / HTTP/1.1\r\n", "GET / HTTP/1.1 \r\n", " GET / HTTP/1.1\r\n", "GET /\r\n",
            "GET\t/\tHTTP/1.1\r\n",
            "G@T / HTTP/1.1\r\n", "GET / http/1.1\r\n", "GET / HTTP/11\r\n", "GET / HTTP/1.x\r\n",
            "GET / HTTP/1.10\r\n",
            "GET x HTTP/1.1\r\n", "GET /a#b HTTP/1.1\r\n", "GET /é HTTP/1.1\r\n", "GET ftp://h/ HTTP/1.1\r\n",
            "GET http:/// HTTP/1.1\r\n", "GET http://u@h/ HTTP/1.1\r\n", "CONNECT h:80 HTTP/1.1\r\n",
        ])
    func malformed(text: String) {
        let transcript = RequestTranscript(everySplitOf: text)
        #expect(transcript.requests.isEmpty)
        #expect(transcript.violation?.statusCode == 400)
    }

    @Test(
        "other versions of HTTP are not supported",
        arguments: ["HTTP/2.0", "HTTP/0.9", "HTTP/1.2", "HTTP/3.0"])
    func versions(version: String) {
        #expect(RequestTranscript(everySplitOf: "GET / \(version)\r\n").violation == .unsupportedVersion)
    }

    @Test(
        "HTTP/1.1 needs exactly one sound Host",
        arguments: [
            "", "Host: a\r\nHost: a\r\n", "Host: a\r\nhost: b\r\n", "Host: a/b\r\n", "Host: u@h\r\n",
            "Host: a b\r\n",
        ])
    func host(fields: String) {
        let transcript = RequestTranscript(everySplitOf: "GET / HTTP/1.1\r\n\(fields)\r\n")
        #expect(transcript.violation?.statusCode == 400)
    }

    @Test("HTTP/1.0 may leave out the Host, but not give two")
    func oldHost() {
        #expect(RequestTranscript(everySplitOf: "GET / HTTP/1.0\r\n\r\n").requests.count == 1)
        let two = RequestTranscript(everySplitOf: "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n")
        #expect(two.violation?.statusCode == 400)
    }

    @Test(
        "framing that two readers could understand differently is refused",
        arguments: [
            ("Content-Length: 5\r\nTransfer-Encoding: chunked", 400),
            ("Transfer-Encoding: chunked\r\nContent-Length: 0", 400),
            ("Content-Length: 5\r\nContent-Length: 6", 400), ("Content-Length: 5, 5", 400),
            ("Content-Length: 5, 6", 400), ("Content-Length: +5", 400), ("Content-Length: -1", 400),
            ("Content-Length: 0x5", 400), ("Content-Length: 5 5", 400), ("Content-Length:", 400),
            ("Content-Length: ٥", 400), ("Content-Length: 5\r\nContent-Length: 05", 400),
            ("Transfer-Encoding: gzip", 501), ("Transfer-Encoding: gzip, chunked", 501),
            ("Transfer-Encoding: chunked, chunked", 501), ("Transfer-Encoding: xchunked", 501),
            ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", 501), ("Transfer-Encoding:", 501),
            ("Transfer-Encoding : chunked", 400), ("Transfer-Encoding: \u{B}chunked", 400),
            ("Content-Length: 99999999999999999999999999", 413), ("Expect: 200-ok", 417),
        ])
    func smuggling(fields: String, statusCode: Int) {
        let transcript = RequestTranscript(
            everySplitOf: "POST / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n")
        #expect(transcript.requests.isEmpty)
        #expect(transcript.violation?.statusCode == statusCode)
    }

    @Test("Transfer-Encoding in HTTP/1.0 is refused")
    func oldTransferEncoding() {
        let transcript = RequestTranscript(
            everySplitOf: "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        #expect(transcript.violation?.statusCode == 400)
    }

    @Test(
        "malformed chunks are bad requests",
        arguments: [
            "\r\n", "x\r\n", "5 5\r\n", "5 \r\n", " 5\r\n", "+5\r\n", "-1\r\n", "0x5\r\n", "5\nhello",
            "3\r\nabcd",
            "3\r\nabc\n", "3\r\nabcX\r\n", "3\r\nabc\r\r\n", ";x\r\n", "5;\u{0}\r\n", "0\r\nno colon\r\n\r\n",
            "0\r\n folded: x\r\n\r\n",
        ])
    func chunks(body: String) {
        let transcript = RequestTranscript(
            everySplitOf: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
        #expect(transcript.violation?.statusCode == 400)
    }

    @Test("after a violation nothing more is read")
    func afterViolation() throws {
        var parser = HTTPRequestParser()
        try Array("GET\r\nGET / HTTP/1.0\r\n\r\n".utf8).withUnsafeBytes { input in
            var offset = 0
            #expect(throws: HTTPViolation.self) { _ = try parser.next(in: input, at: &offset) }
            let request = try parser.next(in: input, at: &offset)
            #expect(request == nil)
            #expect(offset == input.count)
        }
    }

    @Test("random changes to a request never trap, and splits make no difference", arguments: 0..<200)
    func noise(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var text = Array(
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\nT: x\r\n\r\n"
                .utf8)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            text[Int.random(in: 0..<text.count, using: &generator)] = UInt8.random(
                in: 0...127, using: &generator)
        }
        _ = RequestTranscript(everySplitOf: String(decoding: text, as: UTF8.self))
    }
}
