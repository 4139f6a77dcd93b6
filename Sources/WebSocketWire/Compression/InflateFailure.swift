/// Why a compressed message is not inflated.
package enum InflateFailure: Error, Equatable {
    /// It is no deflate data (RFC 1951), or it is not whole (RFC 7692 §7.2.2).
    case damaged
    /// It would inflate to more than the limit.
    case tooLarge(limitBytes: Int)

    /// What the peer that sent it did.
    package var violation: ProtocolViolation {
        switch self {
        case .damaged: .damagedCompression
        case .tooLarge(let limitBytes): .messageTooBig(limitBytes: limitBytes)
        }
    }
}
