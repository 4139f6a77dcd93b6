import COpenSSL

/// What all TLS sessions of a server share: its certificate chain, its key, and the keys of its session tickets.
///
/// Sessions resume across connections and threads that share one context; a session id cache (OpenSSL's own, bounded to
/// 20,480 entries) serves clients of TLS 1.2 that know no tickets. Ciphers are OpenSSL's defaults.
///
/// `Sendable`: an `SSL_CTX` counts its references atomically and locks its cache of sessions, so that any thread may
/// make sessions from it (SSL_new(3)); nothing else of it changes after `init`.
package final class TLSServerContext: Sendable {
    // `nonisolated(unsafe)`: a constant; what it points to is shared as said above.
    nonisolated(unsafe) let pointer: OpaquePointer

    /// Reads the files; blocks, so not on a loop that serves.
    ///
    /// - Parameters:
    ///   - certificateChainFile: PEM: the server's certificate, then those that lead to an authority.
    ///   - keyFile: PEM: the private key of the first certificate, not encrypted.
    /// - Throws: `TLSConfigurationFailure` with the file that cannot be used.
    package init(certificateChainFile: String, keyFile: String) throws(TLSConfigurationFailure) {
        // If what follows throws, `deinit` frees the context: all properties have their values.
        pointer = try TLSContextSettings.makeContext(TLS_server_method())
        // OpenSSL would ask for a password on the terminal, and a server would never start.
        SSL_CTX_set_default_passwd_cb(pointer) { _, _, _, _ in -1 }
        try use(certificateChainFile: certificateChainFile, keyFile: keyFile)
        try allowResumption()
        answerApplicationProtocols()
    }

    deinit { SSL_CTX_free(pointer) }

    private func use(certificateChainFile: String, keyFile: String) throws(TLSConfigurationFailure) {
        ERR_clear_error()
        guard SSL_CTX_use_certificate_chain_file(pointer, certificateChainFile) == 1 else {
            throw TLSConfigurationFailure(file: certificateChainFile, expected: "a certificate chain in PEM")
        }
        ERR_clear_error()
        // The second call also finds a key of another kind than the certificate's, which the first one takes.
        guard SSL_CTX_use_PrivateKey_file(pointer, keyFile, X509_FILETYPE_PEM) == 1,
            SSL_CTX_check_private_key(pointer) == 1
        else {
            throw TLSConfigurationFailure(
                file: keyFile,
                expected: "a private key in PEM, not encrypted, which matches \(certificateChainFile)")
        }
    }

    /// Tickets and the cache are on by default; the id says that sessions are resumed with this application only.
    private func allowResumption() throws(TLSConfigurationFailure) {
        ERR_clear_error()
        let id = Array("broadside".utf8)
        guard SSL_CTX_set_session_id_context(pointer, id, UInt32(id.count)) == 1 else {
            throw TLSConfigurationFailure(expected: "a session id context of \(id.count) bytes to be taken")
        }
    }

    /// Answers `http/1.1` where it is offered, and does not answer otherwise: a client that needs something else finds
    /// out by itself, and one that does not care is served.
    private func answerApplicationProtocols() {
        SSL_CTX_set_alpn_select_cb(
            pointer,
            { _, selected, selectedBytes, offered, offeredBytes, _ in
                guard let selected, let selectedBytes, let offered else { return SSL_TLSEXT_ERR_NOACK }
                // The client's list, which OpenSSL keeps for longer than this call.
                let list = UnsafeBufferPointer(start: offered, count: Int(offeredBytes))
                guard let place = ApplicationProtocols.range(of: ApplicationProtocols.http11, in: list) else {
                    return SSL_TLSEXT_ERR_NOACK
                }
                // The answer may point into the list (SSL_CTX_set_alpn_select_cb(3)). A name has at most 255 bytes.
                selected.pointee = offered + place.lowerBound
                selectedBytes.pointee = UInt8(place.count)
                return SSL_TLSEXT_ERR_OK
            }, nil)
    }
}
