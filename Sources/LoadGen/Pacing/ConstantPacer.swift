/// A schedule with one same gap between all messages, the first at the run's start.
///
/// The time of a message is computed from its index with the rate as an exact fraction (a `Double` is an
/// integer times a power of two) and rounded to the nearest nanosecond once, so that no error accumulates,
/// however long the run.
///
/// Bounds: rates in `allowedRatesPerSecond`; a time past `UInt64` nanoseconds (584 years) is given as
/// `UInt64.max`. Cost: one 128-bit division a call, no state.
package struct ConstantPacer: Pacer, Sendable {
    /// The rates that a pacer takes, in messages a second.
    package static let allowedRatesPerSecond: ClosedRange<Double> = 0.001...10_000_000

    /// The gap between two messages is `gapNumerator / gapDenominator` nanoseconds.
    ///
    /// Below 2^92 even for the smallest rate: 10^9 times 2^62.
    private let gapNumerator: UInt128
    /// Below 2^53: the rate's significand as an integer.
    private let gapDenominator: UInt128

    /// - Parameter ratePerSecond: messages a second, within `allowedRatesPerSecond`; anything else is a
    ///   programmer error.
    package init(ratePerSecond: Double) {
        precondition(Self.allowedRatesPerSecond.contains(ratePerSecond), "rate out of range")
        // rate = integer * 2^power, exactly; the integer fits 53 bits.
        let power = Int(ratePerSecond.exponent) - Double.significandBitCount
        let integer = UInt128((1 << Double.significandBitCount) | ratePerSecond.significandBitPattern)
        // The largest allowed rate is below 2^53, so the power is negative.
        let commonTwos = min(integer.trailingZeroBitCount, -power)
        gapNumerator = 1_000_000_000 << (-power - commonTwos)
        gapDenominator = integer >> commonTwos
    }

    package func intendedNanoseconds(of index: UInt64) -> UInt64 {
        let (product, overflow) = UInt128(index).multipliedReportingOverflow(by: gapNumerator)
        let (rounded, overflowOfSum) = product.addingReportingOverflow(gapDenominator / 2)
        if overflow || overflowOfSum { return .max }
        return UInt64(clamping: rounded / gapDenominator)
    }

    package func due(atNanoseconds elapsedNanoseconds: UInt64) -> UInt64 {
        // index * gap rounds to at most t exactly when index * gap < t + 1/2; so count the indices below
        // (2t + 1) / (2 gap), which is rounded up. The dividend stays below 2^65 * 2^53.
        let dividend = (UInt128(elapsedNanoseconds) * 2 + 1) * gapDenominator
        let divisor = gapNumerator * 2
        return UInt64(clamping: (dividend + divisor - 1) / divisor)
    }
}
