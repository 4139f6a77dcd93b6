import Recording

/// What a gate says about a candidate as a whole.
package enum GateVerdict: String, Codable, Sendable, CaseIterable {
    case pass, improvement, regression, inconclusive, incomparable, invalid

    /// - Parameters:
    ///   - isInvalid: something that was measured says nothing: a server died, messages were lost.
    package init(_ metrics: [MetricResult], isInvalid: Bool) {
        let deciding = metrics.filter(\.isDeciding)
        let decisions = deciding.map(\.decision)
        let isUnclear = deciding.contains {
            $0.decision == .inconclusive || ($0.isRequired && $0.decision == .undecided)
        }
        self =
            if isInvalid {
                .invalid
            } else if decisions.contains(.regression) {
                .regression
            } else if decisions.allSatisfy({ $0 == .incomparable || $0 == .undecided }),
                decisions.contains(.incomparable)
            {
                .incomparable
            } else if isUnclear || !decisions.contains(where: { $0 == .pass || $0 == .improvement }) {
                .inconclusive
            } else if decisions.contains(.improvement) {
                .improvement
            } else {
                .pass
            }
    }

    /// - Parameter inconclusivePasses: `--inconclusive pass`.
    package func toolExit(inconclusivePasses: Bool) -> ToolExit {
        switch self {
        case .pass, .improvement: .pass
        case .regression: .notMet
        case .inconclusive: inconclusivePasses ? .pass : .inconclusive
        case .incomparable: .incomparable
        case .invalid: .invalid
        }
    }
}
