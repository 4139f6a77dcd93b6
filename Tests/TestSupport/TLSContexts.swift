import Transport

/// A server's context with the test's certificate, and a client's that trusts its authority.
package struct TLSContexts: Sendable {
    package let server: TLSServerContext
    package let client: TLSClientContext

    package init(
        trust: TLSTrust? = nil, newestVersion: TLSVersion = .tls13, applicationProtocols: [String] = ["http/1.1"]
    ) throws {
        let certificates = try TestCertificates.shared.get()
        server = try TLSServerContext(
            certificateChainFile: certificates.server, keyFile: certificates.serverKey)
        client = try TLSClientContext(
            trust: trust ?? .authorities(file: certificates.authority), newestVersion: newestVersion,
            applicationProtocols: applicationProtocols)
    }
}
