import Recording
import Transport

/// An entry among the newcomers: a connection by its socket and the time, as it may be another one's socket by now.
struct Newcomer {
    private let socket: SocketID
    private let acceptedAt: MonotonicInstant
    /// Whoever is closed has an entry of its own for that: it may have been served in between.
    private let isClosing: Bool

    init(_ connection: Connection) {
        socket = connection.socket
        acceptedAt = connection.acceptedAt
        isClosing = connection.isClosing
    }

    /// The connection, where it is a newcomer still.
    func connection(in connections: ConnectionTable) -> Connection? {
        guard let connection = connections[socket], connection.isNewcomer, connection.acceptedAt == acceptedAt,
            connection.isClosing == isClosing
        else { return nil }
        return connection
    }
}
