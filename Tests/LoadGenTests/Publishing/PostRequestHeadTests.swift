import Testing
import WebSocketWire

@testable import LoadGen

@Suite("PostRequestHead")
struct PostRequestHeadTests {
    private func text(
        _ headers: [(String, String)] = [], bodyBytes: Int, url: String = "http://h:3001/api?x=1"
    ) throws -> String {
        let head = PostRequestHead(url: try PublishURL(url), headers: headers)
        var bytes = [UInt8](repeating: 0, count: head.byteCount(bodyBytes: bodyBytes))
        bytes.withUnsafeMutableBytes { head.write(bodyBytes: bodyBytes, into: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("the request is the documented one")
    func plain() throws {
        #expect(
            try text(bodyBytes: 120)
                == "POST /api?x=1 HTTP/1.1\r\nHost: h:3001\r\nContent-Type: application/json\r\n"
                + "Content-Length: 120\r\n\r\n")
    }

    @Test("a parser reads it back, whatever the body's size", arguments: [0, 9, 10, 99_999])
    func parsed(bodyBytes: Int) throws {
        let head = try text([("X-Key", "k")], bodyBytes: bodyBytes)
        let bytes = Array(head.utf8) + [UInt8](repeating: 0x61, count: bodyBytes)
        var parser = HTTPRequestParser()
        var offset = 0
        let request = try bytes.withUnsafeBytes { try parser.next(in: $0, at: &offset) }
        #expect(request?.body.count == bodyBytes)
        #expect(request?.headers.first("X-Key") == "k")
        #expect(offset == bytes.count)
    }

    @Test("given fields replace ours, and those of the framing are left out")
    func fields() throws {
        let head = try text(
            [("host", "other"), ("content-type", "text/plain"), ("Content-Length", "7"), ("connection", "close")],
            bodyBytes: 3)
        #expect(
            head
                == "POST /api?x=1 HTTP/1.1\r\nhost: other\r\ncontent-type: text/plain\r\n"
                + "Content-Length: 3\r\n\r\n")
    }
}
