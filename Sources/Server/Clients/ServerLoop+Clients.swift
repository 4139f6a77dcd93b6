import Recording

/// What the loop knows of its clients.
extension ServerLoop {
    /// Of all WebSocket clients of this loop, as they are at this moment.
    func describeClients() -> [ClientDescription] {
        let now = WallClock.millisecondsSinceEpoch()
        var clients: [ClientDescription] = []
        connections.forEach { connection in
            guard let id = connection.clientID, case .webSocket(let endpoint) = connection.phase else { return }
            clients.append(
                ClientDescription(
                    id: id, ip: loop.peerAddress(of: connection.socket).host,
                    connectedAtMilliseconds: now - (loop.now - connection.acceptedAt) / 1_000_000,
                    endpoint: endpoint, subscriptions: connection.channels,
                    backlogBytes: fanOut.backlogBytes(connection) + UInt64(fanOut.ownBytes(connection)),
                    backlogMessages: nil,
                    missedMessages: connection.missedMessages))
        }
        return clients
    }
}
