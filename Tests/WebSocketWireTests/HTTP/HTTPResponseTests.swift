import Testing
import WebSocketWire

@Suite("HTTPResponse")
struct HTTPResponseTests {
    private func text(_ response: HTTPResponse, keepAlive: Bool, answersHEAD: Bool = false) -> String {
        String(decoding: response.serialized(keepAlive: keepAlive, answersHEAD: answersHEAD), as: UTF8.self)
    }

    @Test("status line, fields, length, connection and body")
    func serialized() {
        var response = HTTPResponse(status: 200, body: Array("ok\n".utf8))
        response.headers.add("Content-Type", "text/plain")
        #expect(
            text(response, keepAlive: true)
                == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n"
                + "Connection: keep-alive\r\n\r\nok\n"
        )
        #expect(text(response, keepAlive: false).contains("\r\nConnection: close\r\n"))
    }

    @Test("an empty body has a length as well")
    func emptyBody() {
        #expect(
            text(HTTPResponse(status: 503), keepAlive: false)
                == "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    }

    @Test("1xx and 204 have no length", arguments: [100, 101, 204])
    func noLength(status: Int) {
        #expect(!text(HTTPResponse(status: status), keepAlive: true).contains("Content-Length"))
    }

    @Test("100 Continue is a status line alone")
    func interim() {
        #expect(text(HTTPResponse(status: 100), keepAlive: true) == "HTTP/1.1 100 Continue\r\n\r\n")
    }

    @Test("the answer to HEAD has the length and not the body")
    func head() {
        let response = HTTPResponse(status: 405, body: Array("no".utf8))
        let text = text(response, keepAlive: true, answersHEAD: true)
        #expect(text.contains("Content-Length: 2\r\n"))
        #expect(text.hasSuffix("\r\n\r\n"))
    }

    @Test("a value cannot add a line")
    func injection() {
        var response = HTTPResponse(status: 200)
        response.headers.add("X", "a\r\nSet-Cookie: b\u{0}")
        #expect(text(response, keepAlive: true).contains("\r\nX: a  Set-Cookie: b \r\n"))
    }

    @Test("every status this module answers with has a phrase")
    func phrases() {
        let violations: [HTTPViolation] = [
            .badRequest(""), .bodyTooLarge, .expectationFailed, .headTooLarge, .unsupportedTransferEncoding,
            .unsupportedVersion,
        ]
        for violation in violations {
            #expect(!HTTPResponse.reasonPhrase(violation.statusCode).isEmpty)
        }
        #expect(HTTPResponse.reasonPhrase(799).isEmpty)
    }
}
