import COpenSSL

/// Why a TLS session cannot go on. The session is over; the alert for the peer, if any, is in its `outgoing`.
package struct TLSFailure: Error, Equatable, CustomStringConvertible {
    /// A sentence for a log: what OpenSSL said, and what it means where that is not plain.
    package let reason: String
    /// Whether the peer of a server spoke HTTP without TLS.
    package let isPlainHTTP: Bool

    init(reason: String, isPlainHTTP: Bool = false) {
        self.reason = reason
        self.isPlainHTTP = isPlainHTTP
    }

    /// - Parameters:
    ///   - errors: what OpenSSL left in its queue. The entry of its TLS part tells what went wrong with the session;
    ///     those before it, which function of cryptography noticed.
    ///   - verifyResult: what became of the peer's certificate, `X509_V_…` as `SSL_get_verify_result(3)` gives it.
    init(_ errors: [OpenSSLError], verifyResult: Int) {
        guard let error = errors.first(where: { $0.library == ERR_LIB_SSL }) ?? errors.first else {
            self.init(reason: "TLS failed, and OpenSSL gave no reason")
            return
        }
        guard error.library == ERR_LIB_SSL else {
            self.init(reason: error.text)
            return
        }
        switch error.reason {
        case SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST:
            self.init(reason: "plain HTTP came in where TLS is spoken: use https:// or wss://", isPlainHTTP: true)
        case SSL_R_WRONG_VERSION_NUMBER:
            self.init(reason: "what came in is not TLS (\(error.text)): is TLS spoken on the peer's port?")
        case SSL_R_CERTIFICATE_VERIFY_FAILED:
            self.init(reason: "the peer's certificate is not accepted: \(Self.verdict(verifyResult))")
        default:
            self.init(reason: error.text)
        }
    }

    package var description: String { reason }

    private static func verdict(_ verifyResult: Int) -> String {
        guard let text = X509_verify_cert_error_string(verifyResult) else { return "reason \(verifyResult)" }
        return String(cString: text)
    }
}
