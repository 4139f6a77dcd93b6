/// A question to the gate whose answer is known: two servers of ours that are the same, or differ by what was injected.
package enum SelfTestKind: String, CaseIterable, Codable, Sendable {
    case same
    /// The same, while another program burns a core every other second.
    case sameBesideNeighbour
    case dearer2
    case dearer3
    case dearer5
    case dearer10
    case cheaper5
    case extraAllocation
    case extraSystemCall

    /// How many runs it takes to say what is to be said.
    package var goal: Int {
        switch self {
        case .same: 300
        case .sameBesideNeighbour, .dearer5, .extraAllocation, .extraSystemCall: 59
        case .dearer3: 40
        case .dearer2, .dearer10, .cheaper5: 20
        }
    }

    package var budgetNanoseconds: UInt64 {
        switch self {
        case .same, .sameBesideNeighbour: 45_000_000_000
        case .extraAllocation, .extraSystemCall: 15_000_000_000
        case .dearer2, .dearer3, .dearer5, .dearer10, .cheaper5: 90_000_000_000
        }
    }

    var hasNeighbour: Bool { self == .sameBesideNeighbour }

    /// What is injected into the two servers, as arguments of `serve`.
    var injected: (baseline: [String], candidate: [String]) {
        switch self {
        case .same, .sameBesideNeighbour: ([], [])
        case .dearer2: ([], Self.cpu(2))
        case .dearer3: ([], Self.cpu(3))
        case .dearer5: ([], Self.cpu(5))
        case .dearer10: ([], Self.cpu(10))
        case .cheaper5: (Self.cpu(5), [])
        case .extraAllocation: ([], ["--inject-allocations", "1"])
        case .extraSystemCall: ([], ["--inject-system-calls", "1"])
        }
    }

    /// The verdict that the goal is about.
    package var wanted: GateVerdict {
        switch self {
        case .same, .sameBesideNeighbour: .pass
        case .cheaper5: .improvement
        case .dearer2, .dearer3, .dearer5, .dearer10, .extraAllocation, .extraSystemCall: .regression
        }
    }

    private static func cpu(_ percent: Int) -> [String] { ["--inject-cpu-percent", "\(percent)"] }
}
