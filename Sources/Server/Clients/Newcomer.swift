import Recording
import Transport

/// A connection that was accepted, by its socket and the time: it may be another one's socket by now.
struct Newcomer {
    let socket: SocketID
    private let acceptedAt: MonotonicInstant

    init(_ connection: Connection) {
        socket = connection.socket
        acceptedAt = connection.acceptedAt
    }

    /// Whether this is the connection, and it has become no WebSocket client so far.
    func isStillNew(_ connection: Connection) -> Bool {
        guard case .http = connection.phase else { return false }
        return connection.acceptedAt == acceptedAt
    }
}
