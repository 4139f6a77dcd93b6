/// A metric that connecting a thousand clients gives.
package enum ConnectionMetric: CaseIterable, Sendable {
    case memoryPerClient, connectRate

    package var metric: GateMetric {
        switch self {
        case .memoryPerClient: GateMetric("memoryPerClient", .shown)
        case .connectRate: GateMetric("connectRate", .shown, better: .higher)
        }
    }

    /// Bytes of user space a client, or clients a second; nil where it cannot be told.
    func figure(_ connection: ArmConnection) -> Double? {
        switch self {
        case .memoryPerClient:
            guard let before = connection.residentBytesBefore, let after = connection.residentBytesAfter, after > before
            else { return nil }
            return Double(after - before) / Double(connection.clients)
        case .connectRate:
            guard connection.elapsedNanoseconds > 0 else { return nil }
            return Double(connection.clients) / Double(connection.elapsedNanoseconds) * 1e9
        }
    }
}
