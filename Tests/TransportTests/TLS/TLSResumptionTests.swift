import TestSupport
import Testing

@testable import Transport

@Suite("TLS: resumption")
struct TLSResumptionTests {
    @Test("a second session resumes the first", arguments: TLSVersion.allCases)
    func resumes(version: TLSVersion) throws {
        let contexts = try TLSContexts(newestVersion: version)
        let first = try TLSPair.connected(contexts)
        #expect(try first.client.readAll() == [])
        let resumption = try #require(first.client.resumption)
        try first.close()

        let second = try TLSPair.connected(contexts, resuming: resumption)
        #expect(second.client.isResumed)
        #expect(second.server.isResumed)
        #expect(try second.pass([1, 2], from: second.client, to: second.server) == [1, 2])
        #expect(try second.pass([3, 4], from: second.server, to: second.client) == [3, 4])
        #expect(second.client.applicationProtocol == "http/1.1")
    }

    @Test("with TLS 1.3 there is nothing to resume before the tickets have been read")
    func ticketsComeLater() throws {
        let pair = try TLSPair.connected(TLSContexts())
        #expect(pair.client.resumption == nil)
        #expect(try pair.client.readAll() == [])
        #expect(pair.client.resumption != nil)
    }

    @Test("there is nothing to resume before the handshake")
    func nothingBefore() throws {
        let pair = try TLSPair(TLSContexts())
        #expect(pair.client.resumption == nil)
    }

    @Test("a server that does not know the session begins anew", arguments: TLSVersion.allCases)
    func unknownSession(version: TLSVersion) throws {
        let first = try TLSPair.connected(TLSContexts(newestVersion: version))
        #expect(try first.client.readAll() == [])
        let resumption = try #require(first.client.resumption)
        try first.close()

        // Other contexts have other keys for tickets.
        let second = try TLSPair.connected(TLSContexts(newestVersion: version), resuming: resumption)
        #expect(second.client.isHandshakeDone && second.server.isHandshakeDone)
        #expect(!second.client.isResumed)
        #expect(!second.server.isResumed)
    }

    @Test("a session that was not closed is not resumed: the next one begins anew", arguments: TLSVersion.allCases)
    func notClosed(version: TLSVersion) throws {
        let contexts = try TLSContexts(newestVersion: version)
        var first: TLSPair? = try TLSPair.connected(contexts)
        _ = try first?.client.readAll()
        let resumption = try #require(first?.client.resumption)
        first = nil
        #expect(!resumption.isUsable)
        let second = try TLSPair.connected(contexts, resuming: resumption)
        #expect(second.client.isHandshakeDone && second.server.isHandshakeDone)
        #expect(!second.client.isResumed)
        #expect(try second.pass([1], from: second.client, to: second.server) == [1])
    }
}
