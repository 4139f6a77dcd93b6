import TestSupport
import Testing

@testable import Transport

@Suite("TLS: the end")
struct TLSClosingTests {
    @Test("close_notify is seen, after what was sent before it", arguments: TLSVersion.allCases)
    func isSeen(version: TLSVersion) throws {
        for clientCloses in [true, false] {
            let pair = try TLSPair.connected(TLSContexts(newestVersion: version))
            let (source, sink) = clientCloses ? (pair.client, pair.server) : (pair.server, pair.client)
            try source.write([1, 2, 3])
            source.close()
            sink.receive(source.takeOutgoing())
            #expect(try sink.readOnce().bytes == [1, 2, 3])
            #expect(try sink.readOnce().result == .closed)
            #expect(try sink.readOnce().result == .closed)
        }
    }

    @Test("an end without it is told apart", arguments: TLSVersion.allCases)
    func cutOff(version: TLSVersion) throws {
        let pair = try TLSPair.connected(TLSContexts(newestVersion: version))
        try pair.client.write([1, 2, 3])
        pair.client.close()
        let bytes = pair.client.takeOutgoing()
        for byte in bytes.dropLast() { pair.server.receive([byte]) }
        #expect(try pair.server.readAll() == [1, 2, 3])
        #expect(try pair.server.readOnce().result == .needsMore)
        pair.server.receive([bytes[bytes.count - 1]])
        #expect(try pair.server.readOnce().result == .closed)
    }

    @Test("it is said once", arguments: TLSVersion.allCases)
    func isSaidOnce(version: TLSVersion) throws {
        let pair = try TLSPair.connected(TLSContexts(newestVersion: version))
        pair.client.close()
        let alert = pair.client.takeOutgoing()
        #expect(!alert.isEmpty)
        pair.client.close()
        #expect(pair.client.outgoing.isEmpty)

        // The answer to it as well.
        pair.server.receive(alert)
        #expect(try pair.server.readOnce().result == .closed)
        pair.server.close()
        pair.client.receive(pair.server.takeOutgoing())
        #expect(try pair.client.readOnce().result == .closed)
        pair.client.close()
        pair.server.close()
        #expect(pair.client.outgoing.isEmpty)
        #expect(pair.server.outgoing.isEmpty)
    }

    @Test("one side may go on after the other has closed", arguments: TLSVersion.allCases)
    func halfClosed(version: TLSVersion) throws {
        let pair = try TLSPair.connected(TLSContexts(newestVersion: version))
        pair.client.close()
        pair.server.receive(pair.client.takeOutgoing())
        #expect(try pair.server.readOnce().result == .closed)
        #expect(try pair.pass([4, 5], from: pair.server, to: pair.client) == [4, 5])
    }

    @Test("nothing can be written after it")
    func writesFail() throws {
        let pair = try TLSPair.connected(TLSContexts())
        pair.client.close()
        let alert = pair.client.takeOutgoing()
        #expect(!alert.isEmpty)
        let failure = #expect(throws: TLSFailure.self) { try pair.client.write([1]) }
        #expect(failure?.reason.contains("shutdown") == true, "\(String(describing: failure))")
        #expect(pair.client.outgoing.isEmpty)
    }

    @Test("within a handshake there is nothing to say")
    func withinHandshake() throws {
        let pair = try TLSPair(TLSContexts())
        pair.server.close()
        #expect(pair.server.outgoing.isEmpty)
        _ = try pair.client.advanceHandshake()
        let hello = pair.client.takeOutgoing()
        #expect(!hello.isEmpty)
        pair.client.close()
        #expect(pair.client.outgoing.isEmpty)
    }

    @Test("a peer that closes within the handshake ends it")
    func closedWithinHandshake() throws {
        let session = try TLSSession(server: TLSContexts().server)
        // An alert (21), of the level warning (1): close_notify (0). RFC 5246 §7.2.
        session.receive([21, 3, 3, 0, 2, 1, 0])
        let failure = #expect(throws: TLSFailure.self) { try session.advanceHandshake() }
        #expect(failure?.reason.isEmpty == false)
        #expect(failure?.isPlainHTTP == false)
    }
}
