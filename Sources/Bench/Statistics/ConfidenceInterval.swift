/// Where a figure lies, and how sure that is.
package struct ConfidenceInterval: Codable, Equatable, Sendable {
    package let low: Double
    package let high: Double
    /// The share of such intervals that hold the true figure, 0...1: at least what was asked for.
    package let coverage: Double

    package init(low: Double, high: Double, coverage: Double) {
        self.low = low
        self.high = high
        self.coverage = coverage
    }

    package func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
