import COpenSSL

/// The versions of TLS that we speak (RFC 5246, RFC 8446). Older ones are forbidden by RFC 8996.
package enum TLSVersion: CaseIterable, Sendable {
    case tls12
    case tls13

    /// As in the protocol.
    var number: Int32 {
        switch self {
        case .tls12: TLS1_2_VERSION
        case .tls13: TLS1_3_VERSION
        }
    }
}
