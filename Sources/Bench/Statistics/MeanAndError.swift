import Glibc

/// The mean of a sample and how far it may be off: for values that vary independently, about normally.
package struct MeanAndError: Sendable {
    package let mean: Double
    /// Of the mean; 0 for a single value.
    package let standardError: Double
    private let degreesOfFreedom: Int

    /// - Parameter sample: finite values in any order.
    /// - Returns: nil for an empty sample.
    package init?(_ sample: [Double]) {
        guard !sample.isEmpty else { return nil }
        let mean = sample.reduce(0, +) / Double(sample.count)
        self.mean = mean
        degreesOfFreedom = sample.count - 1
        let squares = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardError = degreesOfFreedom > 0 ? sqrt(squares / Double(degreesOfFreedom * sample.count)) : 0
    }

    /// The standard error of one more value beside the mean of these.
    package var predictionError: Double { standardError * sqrt(Double(degreesOfFreedom + 2)) }

    /// How far from the mean one more value may be, exceeded with this probability; unbounded for a single value.
    package func predictionReach(upperTail probability: Double) -> Double {
        // s √(1 + 1/n), where the standard error is s / √n.
        reach(upperTail: probability) * sqrt(Double(degreesOfFreedom + 2))
    }

    /// How far from the mean a bound is that the true one exceeds with this probability; unbounded for a single value.
    package func reach(upperTail probability: Double) -> Double {
        guard degreesOfFreedom > 0, probability > 0 else { return .infinity }
        return standardError * StudentT.quantile(upperTail: probability, degreesOfFreedom: degreesOfFreedom)
    }
}
