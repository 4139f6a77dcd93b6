import Glibc

/// How much of a total probability of error may be used up by the time that a share of the information is in.
///
/// Of the power family: the total times the share to some power, so that with the third power half of the data may use
/// an eighth and looks long before the end cost next to nothing.
///
/// Each look takes its own increment as the level of its test. The increments of all looks add up to at most the total,
/// and so does, by the union bound, the probability of an error at any look, however the looks and the metrics of one
/// look depend on each other; several metrics share the total among them. It supposes that when to look is not decided
/// by what was seen.
///
/// Source: Kim and DeMets, "Design and Analysis of Group Sequential Tests Based on the Type I Error Spending Rate
/// Function", Biometrika 74, 1987; the idea is that of Lan and DeMets, "Discrete Sequential Boundaries for Clinical
/// Trials", Biometrika 70, 1983.
package struct ErrorSpending: Equatable, Sendable {
    /// What may be used up in all, 0...1.
    package let total: Double
    /// Above 0: the higher, the less is left to early looks.
    package let exponent: Double

    package init(total: Double, exponent: Double = 3) {
        precondition((0...1).contains(total) && exponent > 0)
        self.total = total
        self.exponent = exponent
    }

    /// The level of a look.
    ///
    /// - Parameters:
    ///   - earlier: the share of the information at the look before, 0 at the first; cut to 0...1.
    ///   - later: the share at this look, cut to 0...1.
    /// - Returns: 0 where nothing has come in since.
    package func increment(from earlier: Double, to later: Double) -> Double {
        max(0, spent(at: later) - spent(at: earlier))
    }

    private func spent(at share: Double) -> Double { total * pow(min(max(share, 0), 1), exponent) }
}
