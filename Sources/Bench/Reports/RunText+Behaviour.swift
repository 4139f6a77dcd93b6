import Recording

/// What clients did beside staying and reading.
extension RunText {
    /// One line; none where they did nothing else.
    static func behaviour(_ clients: ClientCounts) -> [String] {
        let counts = [
            (clients.churned, "churned"), (clients.vanished, "vanished"), (clients.stormed, "dropped by storms"),
            (clients.reconnected, "reconnected"), (clients.slowDisconnected, "slow readers disconnected"),
        ]
        let parts = counts.compactMap { count, what in
            count.flatMap { $0 > 0 ? "\(HumanFormat.count($0)) \(what)" : nil }
        }
        return parts.isEmpty ? [] : [label("behaviour") + parts.joined(separator: ", ")]
    }
}
