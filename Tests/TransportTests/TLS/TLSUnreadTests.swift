import TestSupport
import Testing

@testable import Transport

@Suite("TLS: what was received and not read")
struct TLSUnreadTests {
    @Test("ciphertext waits until it is asked for; after a failure it is dropped")
    func waiting() throws {
        let server = try TLSSession(server: TLSContexts().server)
        #expect(server.unreadBytes == 0)
        server.receive([22, 3, 1])
        #expect(server.unreadBytes == 3)
        #expect(try !server.advanceHandshake())
        #expect(server.unreadBytes == 0)
        #expect(!server.hasFailed)
        // A record that is longer than any.
        server.receive([UInt8](repeating: 0xff, count: 10))
        #expect(throws: TLSFailure.self) { _ = try server.advanceHandshake() }
        #expect(server.hasFailed)
        #expect(server.unreadBytes == 0)
        server.receive([1, 2])
        #expect(server.unreadBytes == 0)
    }
}
