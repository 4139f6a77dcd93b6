import TestSupport
import Testing

@testable import Transport

@Suite("TLS: the handshake")
struct TLSHandshakeTests {
    @Test(
        "completes with both versions, whatever the pieces that the flights come in", arguments: TLSVersion.allCases,
        [Int.max, 7, 1])
    func completes(version: TLSVersion, pieceBytes: Int) throws {
        let pair = try TLSPair(TLSContexts(newestVersion: version), pieceBytes: pieceBytes)
        #expect(!pair.client.isHandshakeDone)
        #expect(!pair.server.isHandshakeDone)
        try pair.handshake()
        for session in [pair.client, pair.server] {
            #expect(session.isHandshakeDone)
            #expect(session.protocolVersion == (version == .tls12 ? "TLSv1.2" : "TLSv1.3"))
            #expect(!session.isResumed)
            #expect(session.serverName == "localhost")
            #expect(session.applicationProtocol == "http/1.1")
        }
        #expect(pair.client.cipher == pair.server.cipher)
        // RFC 8446 §B.4 and RFC 5289: names of suites.
        #expect(pair.client.cipher.hasPrefix(version == .tls12 ? "ECDHE-ECDSA-" : "TLS_"))
    }

    @Test("a server says nothing until it has all of the client's first flight")
    func serverWaits() throws {
        let pair = try TLSPair(TLSContexts())
        #expect(try !pair.server.advanceHandshake())
        #expect(pair.server.outgoing.isEmpty)
        #expect(pair.server.cipher == "(NONE)")
        #expect(pair.server.serverName == nil)

        #expect(try !pair.client.advanceHandshake())
        let hello = pair.client.takeOutgoing()
        // A record of the type handshake (22) with a ClientHello (1): RFC 8446 §5.1, §4.
        #expect(hello.first == 22)
        #expect(hello.count > 6 && hello[5] == 1)
        for byte in hello.dropLast() {
            pair.server.receive([byte])
            #expect(try !pair.server.advanceHandshake())
        }
        #expect(pair.server.outgoing.isEmpty)
        pair.server.receive([hello[hello.count - 1]])
        #expect(try !pair.server.advanceHandshake())
        #expect(pair.server.outgoing.first == 22)
    }

    @Test("reading before the handshake is done does not go on with it")
    func readingWaits() throws {
        let pair = try TLSPair(TLSContexts())
        _ = try pair.client.advanceHandshake()
        pair.server.receive(pair.client.takeOutgoing())
        #expect(try pair.server.readOnce().result == .needsMore)
        #expect(pair.server.outgoing.isEmpty)
        _ = try pair.server.advanceHandshake()
        #expect(!pair.server.outgoing.isEmpty)
    }

    @Test("once it is done it stays done and says nothing more", arguments: TLSVersion.allCases)
    func isDoneOnce(version: TLSVersion) throws {
        let pair = try TLSPair.connected(TLSContexts(newestVersion: version))
        for session in [pair.client, pair.server] {
            #expect(try session.advanceHandshake())
            #expect(session.outgoing.isEmpty)
        }
    }

    @Test("data that comes with the end of the handshake is there at once", arguments: TLSVersion.allCases)
    func earlyData(version: TLSVersion) throws {
        let pair = try TLSPair(TLSContexts(newestVersion: version))
        while try !pair.client.advanceHandshake() {
            pair.server.receive(pair.client.takeOutgoing())
            _ = try pair.server.advanceHandshake()
            pair.client.receive(pair.server.takeOutgoing())
        }
        try pair.client.write([1, 2, 3])
        pair.server.receive(pair.client.takeOutgoing())
        #expect(try pair.server.advanceHandshake())
        #expect(try pair.server.readAll() == [1, 2, 3])
    }

    @Test("an address is not told as a server's name", arguments: TLSVersion.allCases)
    func addresses(version: TLSVersion) throws {
        let pair = try TLSPair.connected(TLSContexts(newestVersion: version), host: "127.0.0.1")
        #expect(pair.client.isHandshakeDone && pair.server.isHandshakeDone)
        #expect(pair.server.serverName == nil)
    }

    @Test(
        "http/1.1 is agreed on where it is offered, else nothing is",
        arguments: [
            (["h2", "http/1.1"], "http/1.1"), (["http/1.1", "h2"], "http/1.1"), (["h2"], nil), ([], nil),
            (["http/1.0", "spdy/3"], nil),
        ] as [([String], String?)])
    func applicationProtocols(offered: [String], agreed: String?) throws {
        for version in TLSVersion.allCases {
            let pair = try TLSPair.connected(
                TLSContexts(newestVersion: version, applicationProtocols: offered))
            #expect(pair.client.isHandshakeDone && pair.server.isHandshakeDone)
            #expect(pair.client.applicationProtocol == agreed)
            #expect(pair.server.applicationProtocol == agreed)
        }
    }
}
