import Recording

/// A part of a run in which the rate is constant or goes in a straight line from one value to another: `30s:100` or
/// `1m:100..500`. A rate of 0 is a pause.
package struct RateStage: Equatable, Sendable {
    /// As it was given.
    package let expression: String
    /// 1 ms to 24 hours.
    package let durationNanoseconds: UInt64
    /// 0, or within `ConstantPacer.allowedRatesPerSecond`; so is the end's.
    package let startPerSecond: Double
    package let endPerSecond: Double

    package static let allowedNanoseconds: ClosedRange<UInt64> = 1_000_000...86_400_000_000_000

    /// - Throws: `RateStageError`, with a message of one line for the command line.
    package init(parsing expression: String) throws(RateStageError) {
        guard let colon = expression.firstIndex(of: ":") else { throw .malformed(expression) }
        let rates = String(expression[expression.index(after: colon)...])
        do {
            durationNanoseconds = try DurationArgument(parsing: String(expression[..<colon])).nanoseconds
        } catch {
            throw .badDuration(error, expression: expression)
        }
        guard Self.allowedNanoseconds.contains(durationNanoseconds) else { throw .durationOutOfRange(expression) }
        if let dots = rates.firstRange(of: "..") {
            startPerSecond = try Self.rate(rates[..<dots.lowerBound], of: expression)
            endPerSecond = try Self.rate(rates[dots.upperBound...], of: expression)
        } else {
            startPerSecond = try Self.rate(rates[...], of: expression)
            endPerSecond = startPerSecond
        }
        self.expression = expression
    }

    private static func rate(_ text: Substring, of expression: String) throws(RateStageError) -> Double {
        // Not every number that `Double` reads is one that was meant: `100...500` is a slip.
        guard text.first?.isNumber == true, let rate = Double(text) else { throw .malformed(expression) }
        guard rate == 0 || ConstantPacer.allowedRatesPerSecond.contains(rate) else {
            throw .rateOutOfRange(rate, expression: expression)
        }
        return rate
    }
}
