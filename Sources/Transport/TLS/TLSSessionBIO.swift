import COpenSSL

/// How OpenSSL reaches a session's memory: a BIO (OpenSSL's name for a stream) whose reads and writes are those of a
/// `TLSSession`.
///
/// OpenSSL's own memory BIO keeps the most memory that it ever needed for as long as the session lives, and clears all
/// of it at each reset. This one gives memory back when it runs empty, as `OutboundBuffer` does.
enum TLSSessionBIO {
    // `nonisolated(unsafe)`: filled before anybody can have it, and only read after that, also by OpenSSL.
    private nonisolated(unsafe) static let method: OpaquePointer? = makeMethod()

    /// A BIO for both directions, which the caller owns; nil where memory has run out.
    static func make(for session: TLSSession) -> OpaquePointer? {
        guard let method, let bio = BIO_new(method) else { return nil }
        // Not retained, as the session owns the BIO: it frees its `SSL`, and the BIO with it, before it is gone.
        BIO_set_data(bio, Unmanaged.passUnretained(session).toOpaque())
        BIO_set_init(bio, 1)
        return bio
    }

    private static func makeMethod() -> OpaquePointer? {
        let index = BIO_get_new_index()
        guard index > 0, let method = BIO_meth_new(index | BIO_TYPE_SOURCE_SINK, "session") else { return nil }
        BIO_meth_set_read(method) { bio, place, capacity in TLSSessionBIO.read(bio, place, capacity) }
        BIO_meth_set_write(method) { bio, bytes, count in TLSSessionBIO.write(bio, bytes, count) }
        // All that TLS needs of the controls is that a flush succeeds; 0 says that a control is not known.
        BIO_meth_set_ctrl(method) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
        return method
    }

    /// As BIO_read(3): how much there was, or -1 with the wish to be called again.
    private static func read(_ bio: OpaquePointer?, _ place: UnsafeMutablePointer<CChar>?, _ capacity: Int32) -> Int32 {
        tls_bio_clear_retry(bio)
        guard let session = owner(of: bio), let place, capacity > 0 else { return 0 }
        // OpenSSL's memory, valid during this call.
        let count = session.supplyCiphertext(UnsafeMutableRawBufferPointer(start: place, count: Int(capacity)))
        guard count > 0 else {
            tls_bio_set_retry_read(bio)
            return -1
        }
        // At most `capacity`.
        return Int32(count)
    }

    /// As BIO_write(3): always takes everything.
    private static func write(_ bio: OpaquePointer?, _ bytes: UnsafePointer<CChar>?, _ count: Int32) -> Int32 {
        tls_bio_clear_retry(bio)
        guard let session = owner(of: bio), let bytes, count > 0 else { return 0 }
        // OpenSSL's memory, valid during this call.
        session.collectCiphertext(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
        return count
    }

    private static func owner(of bio: OpaquePointer?) -> TLSSession? {
        guard let data = BIO_get_data(bio) else { return nil }
        // What `make` has put there; OpenSSL calls only from within a call of this session, which is therefore alive.
        return Unmanaged<TLSSession>.fromOpaque(data).takeUnretainedValue()
    }
}
