import CSystem
import Glibc

/// Why a socket ended without our asking.
package enum CloseReason: Equatable, Sendable, CustomStringConvertible {
    /// The peer finished its side (FIN).
    case endOfStream
    /// Any error of the connection: ECONNRESET, EPIPE, ECONNREFUSED, ETIMEDOUT …
    case failed(code: Int32)

    package var description: String {
        switch self {
        case .endOfStream: "the peer closed the connection"
        case .failed(let code): String(cString: strerror(code))
        }
    }
}
