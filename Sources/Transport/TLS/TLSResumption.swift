import COpenSSL

/// What a client keeps of a session to make the next one cheaper: no certificate, no signature.
///
/// For sessions of the same `TLSClientContext` and host, on the thread of the session that it comes from: OpenSSL marks
/// it there as not to be used again, without a lock.
package final class TLSResumption {
    let pointer: OpaquePointer

    /// Takes over one reference.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { SSL_SESSION_free(pointer) }

    /// False before the server's ticket has come in, and after the session has ended without a close of ours.
    var isUsable: Bool { SSL_SESSION_is_resumable(pointer) == 1 }
}
