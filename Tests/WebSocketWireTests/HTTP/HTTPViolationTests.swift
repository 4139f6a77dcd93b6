import Testing
import WebSocketWire

@Suite("HTTPViolation")
struct HTTPViolationTests {
    @Test("each violation has its status and a sentence")
    func statuses() {
        let statuses: [(HTTPViolation, Int)] = [
            (.badRequest("Why."), 400), (.bodyTooLarge, 413), (.expectationFailed, 417), (.headTooLarge, 431),
            (.unsupportedTransferEncoding, 501), (.unsupportedVersion, 505),
        ]
        for (violation, statusCode) in statuses {
            #expect(violation.statusCode == statusCode)
            #expect("\(violation)".hasSuffix("."))
        }
        #expect(HTTPViolation.badRequest("Why.").details == "Why.")
    }
}
