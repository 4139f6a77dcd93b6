import COpenSSL

/// One TLS connection as a state machine over memory: knows no socket, and nothing of it waits.
///
/// What the socket brings goes in through `receive`; what is to be sent is in `outgoing` after any other call, also
/// after one that threw (then it is the alert that tells the peer why). The owner calls `advanceHandshake` whenever
/// bytes have come in until it returns true, and then `read` until there is no more: application data may have come
/// with the end of the handshake.
///
/// - Owner: one thread, the connection's loop's.
/// - Bounds: none of its own. Ciphertext that was received waits until it is read, and `outgoing` grows with what is
///   written and, by a few bytes each, with what the peer asks for: the owner reads at once or stops receiving, and
///   ends a connection whose `outgoing` is not taken.
/// - Cost: a server's step of a handshake is a millisecond or less (a signature), so owners limit how many they take in
///   a turn. Beside the cipher's work, three copies of what comes in and two of what goes out. An idle session holds no
///   buffers to speak of.
package final class TLSSession {
    /// What a read came to.
    package enum ReadResult: Equatable, Sendable {
        /// So many bytes of plaintext, at least one.
        case bytes(Int)
        /// Nothing before more ciphertext has come in. A connection that ends here was cut off: data may be missing.
        case needsMore
        /// The peer has said that it sends no more (close_notify).
        case closed
    }

    private let ssl: OpaquePointer
    /// Ciphertext from the peer that OpenSSL has not asked for yet.
    private var inbound = OutboundBuffer()
    private var outbound = OutboundBuffer()
    private var failure: TLSFailure?
    package private(set) var isHandshakeDone = false
    /// Nothing more can be written: `close` was called, or the session has failed.
    package private(set) var hasClosed = false
    /// The session is over: what is received is dropped, and every call throws what it failed with.
    package var hasFailed: Bool { failure != nil }
    /// Ciphertext that was received and not read.
    package var unreadBytes: Int { inbound.count }

    /// The server's side of a connection that was accepted.
    ///
    /// - Throws: `TLSFailure` where memory has run out.
    package init(server context: TLSServerContext) throws(TLSFailure) {
        // If what follows throws, `deinit` frees it: all properties have their values.
        ssl = try TLSSession.makeSSL(context.pointer)
        try attachMemory()
        SSL_set_accept_state(ssl)
    }

    /// The client's side; `advanceHandshake` writes the first flight.
    ///
    /// - Parameters:
    ///   - host: what the server's certificate has to be for: a name, which the server is also told (SNI), or an IPv4
    ///     or IPv6 address, without brackets.
    ///   - resumption: from an earlier session with this context and host.
    /// - Throws: `TLSFailure` where the host cannot be a name (empty, above 255 bytes), or memory has run out.
    package init(
        client context: TLSClientContext, host: String, resuming resumption: TLSResumption? = nil
    ) throws(TLSFailure) {
        // If what follows throws, `deinit` frees it: all properties have their values.
        ssl = try TLSSession.makeSSL(context.pointer)
        try attachMemory()
        SSL_set_connect_state(ssl)
        try expect(host: host)
        if let resumption, resumption.isUsable, SSL_set_session(ssl, resumption.pointer) != 1 {
            throw reasonFromQueue()
        }
    }

    deinit { SSL_free(ssl) }

    /// Takes ciphertext from the socket; copies it.
    package func receive(_ ciphertext: UnsafeRawBufferPointer) {
        guard failure == nil else { return }
        inbound.append(ciphertext)
    }

    /// Goes as far with the handshake as what was received allows.
    ///
    /// - Returns: true once it is done.
    /// - Throws: `TLSFailure`, the same one at each call after that.
    package func advanceHandshake() throws(TLSFailure) -> Bool {
        if let failure { throw failure }
        guard !isHandshakeDone else { return true }
        ERR_clear_error()
        let status = SSL_do_handshake(ssl)
        if status == 1 {
            isHandshakeDone = true
            return true
        }
        switch SSL_get_error(ssl, status) {
        case SSL_ERROR_WANT_READ: return false
        case SSL_ERROR_ZERO_RETURN: throw fail(TLSFailure(reason: "the peer closed the session within the handshake"))
        default: throw fail(reasonFromQueue())
        }
    }

    /// Decrypts into `buffer`, at most one record (16 KiB) a call.
    ///
    /// - Parameter buffer: not empty.
    /// - Throws: `TLSFailure`, the same one at each call after that. What came before the fault has been read by then.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(TLSFailure) -> ReadResult {
        precondition(!buffer.isEmpty, "nothing can be read into an empty buffer")
        if let failure { throw failure }
        // OpenSSL would go on with the handshake, which is the owner's to pace.
        guard isHandshakeDone else { return .needsMore }
        ERR_clear_error()
        var count = 0
        // Writes into the buffer within its bounds, during this call only.
        let status = SSL_read_ex(ssl, buffer.baseAddress, buffer.count, &count)
        if status == 1 { return .bytes(count) }
        switch SSL_get_error(ssl, status) {
        case SSL_ERROR_WANT_READ: return .needsMore
        case SSL_ERROR_ZERO_RETURN: return .closed
        default: throw fail(reasonFromQueue())
        }
    }

    /// Encrypts all of it into `outgoing`, in records of at most 16 KiB; nothing where it is empty.
    ///
    /// - Precondition: the handshake is done.
    /// - Throws: `TLSFailure`, the same one at each call after that; also where `close` was called before.
    package func write(_ plaintext: UnsafeRawBufferPointer) throws(TLSFailure) {
        if let failure { throw failure }
        precondition(isHandshakeDone, "written before the handshake was done")
        var written = 0
        while written < plaintext.count {
            let rest = UnsafeRawBufferPointer(rebasing: plaintext[written...])
            var count = 0
            ERR_clear_error()
            // Reads the rest within its bounds, during this call only. It cannot stop half-way: our memory takes all.
            guard SSL_write_ex(ssl, rest.baseAddress, rest.count, &count) == 1 else { throw fail(reasonFromQueue()) }
            written += count
        }
    }

    /// Says that we send no more (close_notify), once. Reading goes on. Says nothing within a handshake or after a
    /// failure, where TLS has no place for it.
    package func close() {
        hasClosed = true
        guard isHandshakeDone, failure == nil, SSL_get_shutdown(ssl) & SSL_SENT_SHUTDOWN == 0 else { return }
        ERR_clear_error()
        // The status tells whether the peer has closed already, which `read` tells its caller.
        _ = SSL_shutdown(ssl)
    }

    /// What is to be sent, in order. Valid until the next call.
    package var outgoing: UnsafeRawBufferPointer { outbound.bytes }

    /// Drops the first `count` bytes of `outgoing`: they are with the kernel.
    package func consumeOutgoing(_ count: Int) { outbound.consume(count) }

    /// Whether the handshake resumed an earlier session.
    package var isResumed: Bool { SSL_session_reused(ssl) == 1 }

    /// `TLSv1.2` or `TLSv1.3`, once the handshake is done.
    package var protocolVersion: String { String(cString: SSL_get_version(ssl)) }

    /// OpenSSL's name of the cipher suite, such as `TLS_AES_256_GCM_SHA384`; `(NONE)` before there is one.
    package var cipher: String { String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(ssl))) }

    /// The name that the client asked for (SNI, RFC 6066 §3). Nil where it gave none; with TLS 1.2 a server does not
    /// learn it in a session that was resumed.
    package var serverName: String? {
        guard let name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) else { return nil }
        return String(cString: name)
    }

    /// What ALPN came to; nil where nothing was agreed on.
    package var applicationProtocol: String? {
        var start: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &start, &count)
        guard let start, count > 0 else { return nil }
        // OpenSSL's memory, which lives as long as the session.
        return String(decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
    }

    /// For a client's next session. Nil before the server has given what it takes: with TLS 1.3 that comes after the
    /// handshake, among what `read` reads. Of use only if this session is ended with `close`.
    package var resumption: TLSResumption? {
        guard let session = SSL_get1_session(ssl) else { return nil }
        let resumption = TLSResumption(owning: session)
        return resumption.isUsable ? resumption : nil
    }

    /// Gives OpenSSL what it asks for, as much as there is; called from within the calls above.
    func supplyCiphertext(_ place: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(place.count, inbound.count)
        place.copyMemory(from: UnsafeRawBufferPointer(rebasing: inbound.bytes[..<count]))
        inbound.consume(count)
        return count
    }

    /// Takes what OpenSSL has to send; called from within the calls above.
    func collectCiphertext(_ bytes: UnsafeRawBufferPointer) { outbound.append(bytes) }

    private static func makeSSL(_ context: OpaquePointer) throws(TLSFailure) -> OpaquePointer {
        ERR_clear_error()
        guard let ssl = SSL_new(context) else { throw TLSFailure(OpenSSLError.takeAll(), verifyResult: 0) }
        return ssl
    }

    private func attachMemory() throws(TLSFailure) {
        ERR_clear_error()
        guard let bio = TLSSessionBIO.make(for: self) else { throw reasonFromQueue() }
        // Given for both directions it is freed once, with the SSL (SSL_set_bio(3)).
        SSL_set_bio(ssl, bio, bio)
    }

    private func expect(host: String) throws(TLSFailure) {
        ERR_clear_error()
        // Takes nothing but addresses. These are not told the server: SNI has names only (RFC 6066 §3).
        if X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1 { return }
        ERR_clear_error()
        SSL_set_hostflags(ssl, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        // An empty name, which would switch the check off, is refused as a server's name.
        guard SSL_set1_host(ssl, host) == 1, tls_set_server_name(ssl, host) == 1 else {
            throw TLSFailure(reason: "'\(host)' cannot be a host's name: expected 1 to 255 bytes")
        }
    }

    private func reasonFromQueue() -> TLSFailure {
        TLSFailure(OpenSSLError.takeAll(), verifyResult: SSL_get_verify_result(ssl))
    }

    /// Ends the session: after a fatal error OpenSSL must not be called for it again (SSL_get_error(3)).
    private func fail(_ reason: TLSFailure) -> TLSFailure {
        failure = reason
        hasClosed = true
        inbound.removeAll()
        return reason
    }
}
