import Testing
import WebSocketWire

@testable import LoadGen

@Suite("HTTPPublisher")
struct HTTPPublisherTests {
    private func publisher() throws -> HTTPPublisher {
        HTTPPublisher(head: PostRequestHead(url: try PublishURL("http://h/"), headers: []))
    }

    @Test("one request at a time, free again from its answer on")
    func turns() throws {
        let publisher = try publisher()
        #expect(!publisher.hasOutcome)
        publisher.opened(atNanoseconds: 10)
        #expect(publisher.hasOutcome)
        #expect(publisher.isFree)
        #expect(publisher.freeSinceNanoseconds == 10)
        publisher.sent(sequence: 4, atNanoseconds: 20)
        #expect(!publisher.isFree)
        #expect(publisher.awaited?.sinceNanoseconds == 20)
        #expect(publisher.answered(atNanoseconds: 50) == 4)
        #expect(publisher.isFree)
        #expect(publisher.freeSinceNanoseconds == 50)
        #expect(publisher.answerCount == 1)
        #expect(publisher.answered(atNanoseconds: 60) == nil)
        #expect(publisher.answerCount == 1)
    }

    @Test("an end forgets what was awaited, and is an outcome where it was a failure")
    func ends() throws {
        let publisher = try publisher()
        publisher.ended("refused")
        #expect(publisher.hasOutcome)
        #expect(!publisher.hasBeenOpen)
        #expect(publisher.failure == "refused")
        publisher.opened(atNanoseconds: 5)
        publisher.sent(sequence: 0, atNanoseconds: 6)
        publisher.ended(nil)
        #expect(publisher.isFree)
        #expect(publisher.failure == "refused")
        publisher.opened(atNanoseconds: 7)
        #expect(publisher.answerCount == 0)
    }

    @Test(
        "whether another request may follow is the answer's to say",
        arguments: [
            (200, ["Content-Length": "0"], true), (200, ["Transfer-Encoding": "chunked"], true), (204, [:], true),
            (304, [:], true), (200, [:], false), (200, ["Content-Length": "0", "Connection": "close"], false),
            (200, ["Content-Length": "0", "Connection": "keep-alive"], true),
        ] as [(Int, [String: String], Bool)])
    func reuse(status: Int, fields: [String: String], expected: Bool) {
        var headers = HTTPHeaders()
        for (name, value) in fields { headers.add(name, value) }
        #expect(HTTPClientResponse(status: status, headers: headers).leavesConnectionUsable == expected)
    }
}
