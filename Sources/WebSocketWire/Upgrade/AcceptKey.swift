import COpenSSL

/// The proof that a server has read a WebSocket handshake (RFC 6455 §4.2.2, step 5).
package enum AcceptKey {
    private static let identifier = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    /// The Sec-WebSocket-Accept for a Sec-WebSocket-Key.
    package static func compute(for key: String) -> String {
        let text = Array((key + identifier).utf8)
        var digest = [UInt8](repeating: 0, count: Int(SHA_DIGEST_LENGTH))
        _ = SHA1(text, text.count, &digest)
        return Base64.encode(digest)
    }
}
