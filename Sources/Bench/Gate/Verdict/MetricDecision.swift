/// What is decided about one metric.
package enum MetricDecision: String, Codable, Sendable {
    /// A change that matters is excluded.
    case pass
    /// Better, beyond doubt.
    case improvement
    /// Worse, beyond doubt, and a change that matters is not excluded.
    case regression
    /// Neither can be said.
    case inconclusive
    /// It is only shown.
    case undecided
    /// The baseline was measured elsewhere.
    case incomparable

    /// - Parameters:
    ///   - low, high: bounds of the change, turned so that + is worse.
    ///   - minimumEffect: the smallest change that matters, above 0, in the same unit.
    package init(low: Double, high: Double, minimumEffect: Double) {
        self =
            if high < minimumEffect { high < 0 ? .improvement : .pass } else if low > 0 { .regression } else {
                .inconclusive
            }
    }

    /// Whether more measurement could not change what this says about the server.
    var isClear: Bool { self != .inconclusive }
}
