/// What is counted for one broadcast to all clients, and is the same in every round and every run.
package enum ExactCount: String, CaseIterable, Codable, Sendable {
    case allocations, systemCalls, sends, copiedBytes, appendedBytes

    package var metric: GateMetric {
        GateMetric(rawValue, .exact, unit: "\(unit) a round", isRequired: true)
    }

    private var unit: String {
        switch self {
        case .allocations: "allocations"
        case .systemCalls: "calls"
        case .sends: "sends"
        case .copiedBytes, .appendedBytes: "bytes"
        }
    }
}
