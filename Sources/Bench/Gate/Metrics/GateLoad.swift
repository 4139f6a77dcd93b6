/// The loads under which a gate measures, by the names that its metrics carry.
package enum GateLoad: String, CaseIterable, Sendable {
    case inFlight1, inFlight16
    case kib16 = "16KiB"
    /// Below saturation: messages come on a schedule, and the server rests between them.
    case openLoop
    case clients1000 = "1000Clients"

    /// - Parameter openLoopRatePerSecond: the same for both arms.
    package func load(openLoopRatePerSecond: Double) -> SliceLoad {
        switch self {
        case .inFlight1: SliceLoad(clients: 100, messageBytes: 64, inFlight: 1)
        case .inFlight16: SliceLoad(clients: 100, messageBytes: 64, inFlight: 16)
        case .kib16: SliceLoad(clients: 100, messageBytes: 16 << 10, inFlight: 1)
        case .openLoop: SliceLoad(clients: 100, messageBytes: 64, ratePerSecond: openLoopRatePerSecond)
        case .clients1000: SliceLoad(clients: Self.thousand, messageBytes: 64, inFlight: 4)
        }
    }

    /// Long enough for some rounds of every arm, and shorter than what the machine drifts in.
    package var sliceNanoseconds: UInt64 {
        switch self {
        case .inFlight1, .kib16: 1_000_000
        case .inFlight16: 1_500_000
        case .openLoop: 2_500_000
        case .clients1000: 8_000_000
        }
    }

    /// How many clients those have that connecting tells something of.
    static let thousand = 1000

    static func all(openLoopRatePerSecond: Double) -> [GateLoad: SliceLoad] {
        Dictionary(
            uniqueKeysWithValues: allCases.map { ($0, $0.load(openLoopRatePerSecond: openLoopRatePerSecond)) })
    }
}
