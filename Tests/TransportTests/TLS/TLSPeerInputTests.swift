import TestSupport
import Testing

@testable import Transport

@Suite("TLS: what a peer may send")
struct TLSPeerInputTests {
    @Test(
        "plain HTTP at a server is recognized, wherever it is split",
        arguments: ["GET / HTTP/1.1\r\nHost: a\r\n\r\n", "POST /x HTTP/1.1\r\n", "CONNECT a:1 HTTP/1.1\r\n"])
    func plainHTTP(text: String) throws {
        let contexts = try TLSContexts()
        let bytes = Array(text.utf8)
        for split in 0..<bytes.count {
            let session = try TLSSession(server: contexts.server)
            session.receive(Array(bytes[..<split]))
            // A record's head has five bytes, which is when it shows.
            if split < 5 { #expect(try !session.advanceHandshake()) }
            session.receive(Array(bytes[split...]))
            let failure = #expect(throws: TLSFailure.self) { try session.advanceHandshake() }
            #expect(failure?.isPlainHTTP == true)
            #expect(failure?.reason.contains("plain HTTP") == true)
            #expect(!session.isHandshakeDone)
        }
    }

    @Test("a client that meets plain HTTP says that this is not TLS")
    func plainAnswer() throws {
        let session = try TLSSession(client: TLSContexts().client, host: "localhost")
        _ = try session.advanceHandshake()
        session.receive(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))
        let failure = #expect(throws: TLSFailure.self) { try session.advanceHandshake() }
        #expect(failure?.reason.contains("not TLS") == true, "\(String(describing: failure))")
        #expect(failure?.isPlainHTTP == false)
    }

    @Test("a client of TLS 1.1 is refused with the alert protocol_version")
    func oldVersion() throws {
        // RFC 4346 §7.4.1.2: version 3.2, 32 bytes of random, no session, two suites, no compression.
        let body: [UInt8] = [3, 2] + [UInt8](repeating: 9, count: 32) + [0, 0, 4, 0xc0, 0x0a, 0xc0, 0x14, 1, 0]
        let hello = [1, 0, 0, UInt8(body.count)] + body
        let session = try TLSSession(server: TLSContexts().server)
        session.receive([22, 3, 1, 0, UInt8(hello.count)] + hello)
        let failure = #expect(throws: TLSFailure.self) { try session.advanceHandshake() }
        #expect(failure?.reason.isEmpty == false)
        #expect(!session.isHandshakeDone)
        // Type alert (21) with two bytes: fatal (2), protocol_version (70). RFC 5246 §7.2.
        let alert = session.takeOutgoing()
        #expect(alert.count == 7)
        #expect(alert.first == 21)
        #expect(Array(alert.suffix(4)) == [0, 2, 2, 70])
    }

    @Test("a session that has failed stays so, and takes nothing any more")
    func staysFailed() throws {
        let session = try TLSSession(server: TLSContexts().server)
        session.receive(Array("GET / HTTP/1.1\r\n\r\n".utf8))
        let first = #expect(throws: TLSFailure.self) { try session.advanceHandshake() }
        _ = session.takeOutgoing()
        session.receive([1, 2, 3])
        let second = #expect(throws: TLSFailure.self) { try session.advanceHandshake() }
        let third = #expect(throws: TLSFailure.self) { try session.readOnce() }
        let fourth = #expect(throws: TLSFailure.self) { try session.write([1]) }
        session.close()
        #expect(first != nil)
        #expect(second == first)
        #expect(third == first)
        #expect(fourth == first)
        #expect(session.outgoing.isEmpty)
    }

    @Test("a changed record fails, and the peer is told", arguments: TLSVersion.allCases)
    func changedRecord(version: TLSVersion) throws {
        let pair = try TLSPair.connected(TLSContexts(newestVersion: version))
        try pair.client.write([1, 2, 3])
        let intact = pair.client.takeOutgoing()
        try pair.client.write([4, 5, 6])
        var changed = pair.client.takeOutgoing()
        changed[changed.count - 1] ^= 1
        pair.server.receive(intact + changed)
        #expect(try pair.server.readOnce().bytes == [1, 2, 3])
        let failure = #expect(throws: TLSFailure.self) { try pair.server.readOnce() }
        #expect(failure?.reason.contains("bad record mac") == true, "\(String(describing: failure))")

        pair.client.receive(pair.server.takeOutgoing())
        let heard = #expect(throws: TLSFailure.self) { try pair.client.readOnce() }
        #expect(heard?.reason.contains("bad record mac") == true, "\(String(describing: heard))")
    }

    @Test("random bytes are refused or wait for more", arguments: 1...20 as ClosedRange<UInt64>)
    func randomBytes(seed: UInt64) throws {
        let contexts = try TLSContexts()
        var generator = SplitMix64(seed: seed)
        var refusals = 0
        for round in 0..<50 {
            let session =
                try round.isMultiple(of: 2)
                ? TLSSession(server: contexts.server) : TLSSession(client: contexts.client, host: "localhost")
            _ = try session.advanceHandshake()
            var bytes = (0..<Int.random(in: 5...600, using: &generator)).map { _ in
                UInt8(truncatingIfNeeded: generator.next())
            }
            // Every third looks like a record of a handshake.
            if round.isMultiple(of: 3) { bytes.replaceSubrange(0..<4, with: [22, 3, 3, 0]) }
            session.receive(bytes)
            if isRefusing(session) { refusals += 1 }
            #expect(!session.isHandshakeDone)
        }
        #expect(refusals > 25)
    }

    @Test("a first flight with any byte changed does no harm")
    func changedHello() throws {
        let contexts = try TLSContexts()
        let client = try TLSSession(client: contexts.client, host: "localhost")
        _ = try client.advanceHandshake()
        let hello = client.takeOutgoing()
        var refusals = 0
        for place in hello.indices {
            var changed = hello
            changed[place] ^= 0xff
            let session = try TLSSession(server: contexts.server)
            session.receive(changed)
            if isRefusing(session) { refusals += 1 }
            #expect(!session.isHandshakeDone)
        }
        #expect(refusals > 0)
    }

    @Test("a server's flight that is cut anywhere is waited for", arguments: TLSVersion.allCases)
    func cutFlight(version: TLSVersion) throws {
        let contexts = try TLSContexts(newestVersion: version)
        let pair = try TLSPair(contexts)
        _ = try pair.client.advanceHandshake()
        pair.server.receive(pair.client.takeOutgoing())
        _ = try pair.server.advanceHandshake()
        let flight = pair.server.takeOutgoing()
        #expect(flight.count > 100)
        for byte in flight.dropLast() {
            pair.client.receive([byte])
            #expect(try !pair.client.advanceHandshake())
        }
        #expect(!pair.client.isHandshakeDone)
    }

    @Test("a server's flight with a byte changed does no harm", arguments: TLSVersion.allCases)
    func changedFlight(version: TLSVersion) throws {
        let contexts = try TLSContexts(newestVersion: version)
        var refusals = 0
        // A new handshake for each, as no flight fits two of them.
        for place in stride(from: 0, to: 1_000, by: 13) {
            let pair = try TLSPair(contexts)
            _ = try pair.client.advanceHandshake()
            pair.server.receive(pair.client.takeOutgoing())
            _ = try pair.server.advanceHandshake()
            var flight = pair.server.takeOutgoing()
            guard place < flight.count else { break }
            flight[place] ^= 0xff
            pair.client.receive(flight)
            if isRefusing(pair.client) { refusals += 1 }
        }
        #expect(refusals > 20)
    }

    private func isRefusing(_ session: TLSSession) -> Bool {
        do {
            _ = try session.advanceHandshake()
            return false
        } catch {
            return true
        }
    }
}
