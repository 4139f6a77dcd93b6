import TestSupport
import Testing

@testable import Transport

@Suite("TLS: whom a client trusts")
struct TLSVerificationTests {
    /// What the client says to a server that it does not trust.
    private func refusal(_ pair: TLSPair) throws -> TLSFailure {
        let failure = #expect(throws: TLSFailure.self) { try pair.handshake() }
        #expect(!pair.client.isHandshakeDone)
        #expect(!pair.server.isHandshakeDone)
        return try #require(failure)
    }

    @Test("an authority that has not signed is refused, and the server hears of it", arguments: TLSVersion.allCases)
    func otherAuthority(version: TLSVersion) throws {
        let certificates = try TestCertificates.shared.get()
        let pair = try TLSPair(
            TLSContexts(trust: .authorities(file: certificates.otherAuthority), newestVersion: version))
        let failure = try refusal(pair)
        #expect(failure.reason.contains("certificate is not accepted: "))
        #expect(failure.reason.contains("issuer certificate"), "\(failure)")
        #expect(!failure.isPlainHTTP)

        pair.server.receive(pair.client.takeOutgoing())
        let heard = #expect(throws: TLSFailure.self) { try pair.server.advanceHandshake() }
        #expect(heard?.reason.contains("unknown ca") == true, "\(String(describing: heard))")
    }

    @Test("the system's authorities do not know the test's")
    func systemStore() throws {
        let failure = try refusal(TLSPair(TLSContexts(trust: .systemStore)))
        #expect(failure.reason.contains("certificate is not accepted: "))
    }

    @Test(
        "a certificate for another host is refused",
        arguments: ["elsewhere.example", "localhost.example", "local", "127.0.0.2", "::1"])
    func otherHost(host: String) throws {
        for version in TLSVersion.allCases {
            let failure = try refusal(TLSPair(TLSContexts(newestVersion: version), host: host))
            #expect(failure.reason.lowercased().contains("mismatch"), "\(failure)")
        }
    }

    @Test("a client that trusts anyone takes any certificate for any host", arguments: TLSVersion.allCases)
    func anyone(version: TLSVersion) throws {
        let contexts = try TLSContexts(trust: .anyone, newestVersion: version)
        for host in ["localhost", "elsewhere.example", "127.0.0.2"] {
            let pair = try TLSPair.connected(contexts, host: host)
            #expect(pair.client.isHandshakeDone && pair.server.isHandshakeDone)
            #expect(try pair.pass([1], from: pair.client, to: pair.server) == [1])
        }
    }

    @Test("what cannot be a host's name is refused", arguments: ["", String(repeating: "a", count: 256)])
    func impossibleHosts(host: String) throws {
        let contexts = try TLSContexts()
        let failure = #expect(throws: TLSFailure.self) {
            _ = try TLSSession(client: contexts.client, host: host)
        }
        #expect(failure?.reason.contains("1 to 255 bytes") == true)
    }
}
