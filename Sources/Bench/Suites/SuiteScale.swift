/// How much of a suite is measured (`--suite`).
package enum SuiteScale: String, CaseIterable, Sendable {
    /// Seconds instead of minutes: does everything work at all? Its figures are not for quoting.
    case smoke
    /// The documented targets, within five minutes.
    case documented
    /// The same, three times as long.
    case full

    func seconds(_ documented: Double) -> UInt64 {
        let factor =
            switch self {
            case .smoke: 0.1
            case .documented: 1.0
            case .full: 3.0
            }
        return UInt64(max(0.2, documented * factor) * 1e9)
    }

    func rounds(_ documented: Int) -> Int {
        switch self {
        case .smoke: max(20, documented / 10)
        case .documented: documented
        case .full: documented * 3
        }
    }

    var clientCounts: [Int] {
        self == .smoke ? [100, 1_000] : [100, 1_000, 10_000]
    }
}
