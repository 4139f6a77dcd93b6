import TestSupport
import Testing

@testable import Transport

@Suite("TLS: files")
struct TLSConfigurationTests {
    private let certificates: TestCertificates

    init() throws { certificates = try TestCertificates.shared.get() }

    private func serverFailure(certificate: String, key: String) throws -> TLSConfigurationFailure {
        let failure = #expect(throws: TLSConfigurationFailure.self) {
            _ = try TLSServerContext(certificateChainFile: certificate, keyFile: key)
        }
        return try #require(failure)
    }

    private func clientFailure(authorities: String) throws -> TLSConfigurationFailure {
        let failure = #expect(throws: TLSConfigurationFailure.self) {
            _ = try TLSClientContext(trust: .authorities(file: authorities))
        }
        return try #require(failure)
    }

    @Test("missing files are named, with what the system said")
    func missingFiles() throws {
        let missing = certificates.file("missing.pem")
        for failure in [
            try serverFailure(certificate: missing, key: certificates.serverKey),
            try serverFailure(certificate: certificates.server, key: missing),
            try clientFailure(authorities: missing),
        ] {
            #expect(failure.file == missing)
            #expect(failure.reason == "No such file or directory")
            #expect(failure.description.hasPrefix("cannot use \(missing) for TLS: \(failure.reason); expected "))
        }
    }

    @Test("a key that is not the certificate's is refused")
    func mismatch() throws {
        let failure = try serverFailure(certificate: certificates.server, key: certificates.otherKey)
        #expect(failure.file == certificates.otherKey)
        #expect(failure.reason.contains("mismatch"), "\(failure)")
        #expect(failure.expected.contains("matches \(certificates.server)"))
    }

    @Test("files with something else in them are refused")
    func noPEM() throws {
        let certificate = try serverFailure(certificate: certificates.noPEM, key: certificates.serverKey)
        #expect(certificate.file == certificates.noPEM)
        #expect(certificate.reason == "no start line")
        #expect(certificate.expected == "a certificate chain in PEM")

        let key = try serverFailure(certificate: certificates.server, key: certificates.noPEM)
        #expect(key.file == certificates.noPEM)
        #expect(!key.reason.isEmpty)
        #expect(key.expected.hasPrefix("a private key in PEM"))

        let authorities = try clientFailure(authorities: certificates.noPEM)
        #expect(authorities.file == certificates.noPEM)
        #expect(!authorities.reason.isEmpty)
        #expect(authorities.expected == "certificates of authorities in PEM")
    }

    @Test("certificate and key in each other's place are refused")
    func swapped() throws {
        let failure = try serverFailure(certificate: certificates.serverKey, key: certificates.server)
        #expect(failure.file == certificates.serverKey)
    }

    @Test("an encrypted key is refused, and nobody is asked for a password")
    func encryptedKey() throws {
        let failure = try serverFailure(certificate: certificates.server, key: certificates.encryptedServerKey)
        #expect(failure.file == certificates.encryptedServerKey)
        #expect(failure.expected.contains("not encrypted"))
    }

    @Test("a failure leaves nothing behind that a later success would stumble over")
    func succeedsAfterwards() throws {
        _ = try serverFailure(certificate: certificates.server, key: certificates.otherKey)
        let pair = try TLSPair.connected(TLSContexts())
        #expect(try pair.pass([1], from: pair.client, to: pair.server) == [1])
    }
}
