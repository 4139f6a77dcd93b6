import COpenSSL

/// What all TLS sessions of a client share: whom it trusts and what it offers.
///
/// `Sendable`: as for `TLSServerContext`, any thread may make sessions from it, and nothing changes after `init`.
package final class TLSClientContext: Sendable {
    // `nonisolated(unsafe)`: a constant; what it points to is shared as said above.
    nonisolated(unsafe) let pointer: OpaquePointer

    /// Reads the certificates of authorities; blocks, so not on a loop that is busy.
    ///
    /// - Parameters:
    ///   - newestVersion: offered from TLS 1.2 up to this one.
    ///   - applicationProtocols: offered through ALPN, best first; nothing is offered where there are none.
    /// - Throws: `TLSConfigurationFailure` with the file that cannot be used.
    package init(
        trust: TLSTrust, newestVersion: TLSVersion = .tls13, applicationProtocols: [String] = ["http/1.1"]
    ) throws(TLSConfigurationFailure) {
        // If what follows throws, `deinit` frees the context: all properties have their values.
        pointer = try TLSContextSettings.makeContext(TLS_client_method())
        try accept(trust)
        try offer(newestVersion, applicationProtocols)
    }

    deinit { SSL_CTX_free(pointer) }

    private func accept(_ trust: TLSTrust) throws(TLSConfigurationFailure) {
        ERR_clear_error()
        switch trust {
        case .systemStore:
            guard SSL_CTX_set_default_verify_paths(pointer) == 1 else {
                throw TLSConfigurationFailure(expected: "the system's certificate authorities to be readable")
            }
        case .authorities(let file):
            guard SSL_CTX_load_verify_file(pointer, file) == 1 else {
                throw TLSConfigurationFailure(file: file, expected: "certificates of authorities in PEM")
            }
        case .anyone:
            break
        }
        SSL_CTX_set_verify(pointer, trust == .anyone ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nil)
    }

    private func offer(_ version: TLSVersion, _ protocols: [String]) throws(TLSConfigurationFailure) {
        ERR_clear_error()
        guard tls_context_set_maximum_version(pointer, version.number) == 1 else {
            throw TLSConfigurationFailure(expected: "an OpenSSL that knows the version \(version)")
        }
        let list = ApplicationProtocols.encode(protocols)
        // Unlike its neighbours this one returns 0 when all is well.
        guard list.isEmpty || SSL_CTX_set_alpn_protos(pointer, list, UInt32(list.count)) == 0 else {
            throw TLSConfigurationFailure(expected: "names of application protocols, found \(protocols)")
        }
    }
}
