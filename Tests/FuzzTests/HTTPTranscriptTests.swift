import Testing
import WebSocketWire

@testable import FuzzTargets

@Suite("Fuzzing: HTTP")
struct HTTPTranscriptTests {
    private let limits = HTTPLimits(fuzzChoice: 1)

    @Test("requests, a violation and a request under way are told")
    func requests() throws {
        let text = "GET /a HTTP/1.1\r\nHost: x\r\n\r\nPOST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nokGET"
        let found = try HTTPTranscript<HTTPRequestParser>([Array(text.utf8)], limits: limits)
        #expect(found.messages.map(\.path) == ["/a", "/b"])
        #expect(found.messages.last?.body == Array("ok".utf8))
        #expect(found.isWithinMessage)
        #expect(found.violation == nil)

        let broken = try HTTPTranscript<HTTPRequestParser>([Array("GET /\n".utf8), [1]], limits: limits)
        #expect(broken.violation?.statusCode == 400)
        #expect(!broken.isWithinMessage)
    }

    @Test("responses are told")
    func responses() throws {
        let text = "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        let found = try HTTPTranscript<HTTPResponseParser>([Array(text.utf8)], limits: limits)
        #expect(found.messages.map(\.status) == [204, 200])
    }

    @Test("the small limits are small enough for short inputs to reach them")
    func smallLimits() throws {
        let body = "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 17\r\n\r\n"
        let found = try HTTPTranscript<HTTPRequestParser>([Array(body.utf8)], limits: limits)
        #expect(found.violation == .bodyTooLarge)
        #expect(HTTPLimits(fuzzChoice: 0) == HTTPLimits())
    }
}
