import Testing
import WebSocketWire

@Suite("HTTPRequestParser: limits")
struct HTTPRequestParserLimitTests {
    private let post = "POST / HTTP/1.1\r\nHost: h\r\n"

    @Test("a head exactly at the limit is accepted, one byte above is 431")
    func headBytes() {
        let text = "GET / HTTP/1.1\r\nHost: h\r\nX: abc\r\n\r\n"
        let fitting = RequestTranscript(everySplitOf: text, limits: HTTPLimits(headBytes: text.utf8.count))
        #expect(fitting.requests.count == 1)
        let afterEmptyLine = RequestTranscript(
            everySplitOf: "\r\n" + text, limits: HTTPLimits(headBytes: text.utf8.count))
        #expect(afterEmptyLine.requests.count == 1)
        let tooLarge = RequestTranscript(
            everySplitOf: text, limits: HTTPLimits(headBytes: text.utf8.count - 1))
        #expect(tooLarge.violation == .headTooLarge)
        #expect(tooLarge.violation?.statusCode == 431)
    }

    @Test("each pipelined request has the whole limit to itself")
    func headBytesEach() {
        let text = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
        let limits = HTTPLimits(headBytes: text.utf8.count)
        #expect(RequestTranscript(everySplitOf: text + text + text, limits: limits).requests.count == 3)
    }

    @Test("a line without an end is refused at 8 KiB")
    func endlessLine() {
        let line = [UInt8](repeating: UInt8(ascii: "A"), count: 8192)
        #expect(RequestTranscript(pieces: [line]).violation == nil)
        #expect(RequestTranscript(pieces: [line, [0x41]]).violation == .headTooLarge)
    }

    @Test("fields up to the limit are accepted, one more is 431")
    func headerCount() {
        let fields = { (count: Int) in
            (1..<count).map { "X-\($0): y\r\n" }.joined()
        }
        let fitting = "GET / HTTP/1.1\r\nHost: h\r\n" + fields(100) + "\r\n"
        #expect(RequestTranscript(pieces: [Array(fitting.utf8)]).requests.first?.headers.count == 100)
        let tooMany = "GET / HTTP/1.1\r\nHost: h\r\n" + fields(101) + "\r\n"
        #expect(RequestTranscript(pieces: [Array(tooMany.utf8)]).violation == .headTooLarge)
    }

    @Test("a body's length is judged with the head")
    func contentLength() {
        let limits = HTTPLimits(bodyBytes: 4)
        let fitting = RequestTranscript(everySplitOf: post + "Content-Length: 4\r\n\r\nabcd", limits: limits)
        #expect(fitting.requests.first?.body == Array("abcd".utf8))
        let tooLarge = RequestTranscript(everySplitOf: post + "Content-Length: 5\r\n\r\n", limits: limits)
        #expect(tooLarge.violation == .bodyTooLarge)
        #expect(tooLarge.violation?.statusCode == 413)
    }

    @Test("chunks are summed up, and judged with their sizes")
    func chunkedBody() {
        let limits = HTTPLimits(bodyBytes: 4)
        let head = post + "Transfer-Encoding: chunked\r\n\r\n"
        let fitting = RequestTranscript(
            everySplitOf: head + "3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n", limits: limits)
        #expect(fitting.requests.first?.body == Array("abcd".utf8))
        let tooLarge = RequestTranscript(everySplitOf: head + "3\r\nabc\r\n2\r\n", limits: limits)
        #expect(tooLarge.violation == .bodyTooLarge)
        let huge = RequestTranscript(everySplitOf: head + "1\r\na\r\nFFFFFFFFFFFFFFFFFF\r\n", limits: limits)
        #expect(huge.violation == .bodyTooLarge)
    }

    @Test("chunk extensions and trailers are bounded")
    func chunkOverhead() {
        let head = post + "Transfer-Encoding: chunked\r\n\r\n"
        let long = String(repeating: "x", count: 9000)
        let parse = { (text: String) in RequestTranscript(pieces: [Array(text.utf8)]).violation?.statusCode }
        #expect(parse(head + "1;" + long) == 400)
        #expect(parse(head + "0\r\nT: " + long) == 431)
        let trailers = String(repeating: "T: x\r\n", count: 1400)
        #expect(parse(head + "0\r\n" + trailers + "\r\n") == 431)
    }
}
