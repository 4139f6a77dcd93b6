import COpenSSL

/// What the contexts of servers and clients have in common.
enum TLSContextSettings {
    /// A context that speaks TLS 1.2 and newer; the caller owns it.
    ///
    /// - No renegotiation: it costs a handshake whenever the peer likes (RFC 5246 §7.4.1.1 lets us refuse).
    /// - No compression: it tells secrets by their size (CRIME).
    /// - Released buffers: an idle session holds none of the 34 KiB that records are read and written in.
    /// - Partial writes from memory that moves: each call of `SSL_write_ex` makes one record, from any place.
    static func makeContext(_ method: OpaquePointer?) throws(TLSConfigurationFailure) -> OpaquePointer {
        ERR_clear_error()
        guard let context = SSL_CTX_new(method) else { throw TLSConfigurationFailure(expected: "OpenSSL 3") }
        SSL_CTX_set_options(context, tls_option_no_renegotiation | tls_option_no_compression)
        tls_context_add_modes(
            context, tls_mode_release_buffers | tls_mode_partial_write | tls_mode_moving_write_buffer)
        guard tls_context_set_minimum_version(context, TLSVersion.tls12.number) == 1 else {
            let failure = TLSConfigurationFailure(expected: "an OpenSSL that knows TLS 1.2")
            SSL_CTX_free(context)
            throw failure
        }
        return context
    }
}
