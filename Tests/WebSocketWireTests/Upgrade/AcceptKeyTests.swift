import Testing
import WebSocketWire

@Suite("AcceptKey")
struct AcceptKeyTests {
    @Test("the example of RFC 6455 §1.3")
    func example() {
        #expect(AcceptKey.compute(for: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }
}
