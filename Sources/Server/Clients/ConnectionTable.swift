import Transport

/// The connections of one loop by their socket's index. Loop's thread only.
final class ConnectionTable {
    private(set) var connections: [Connection?] = []
    private(set) var count = 0

    subscript(socket: SocketID) -> Connection? {
        socket.index < connections.count ? connections[socket.index] : nil
    }

    func insert(_ connection: Connection) {
        let index = connection.socket.index
        while connections.count <= index { connections.append(nil) }
        connections[index] = connection
        count += 1
    }

    func remove(_ socket: SocketID) {
        guard self[socket] != nil else { return }
        connections[socket.index] = nil
        count -= 1
    }

    func forEach(_ body: (Connection) -> Void) {
        for connection in connections { if let connection { body(connection) } }
    }
}
