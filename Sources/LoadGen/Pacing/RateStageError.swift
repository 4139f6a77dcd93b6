import Recording

/// Why a text is no stage of a run; wrong usage, told in one line.
package enum RateStageError: Error, Equatable, CustomStringConvertible {
    case malformed(String)
    case badDuration(DurationArgumentError, expression: String)
    case durationOutOfRange(String)
    case rateOutOfRange(Double, expression: String)

    package var description: String {
        let allowed = ConstantPacer.allowedRatesPerSecond
        return switch self {
        case .malformed(let expression):
            "stage \"\(expression)\": expected DURATION:RATE or DURATION:FROM..TO, as in 30s:100 or 1m:100..500"
        case .badDuration(let error, let expression):
            "stage \"\(expression)\": \(error)"
        case .durationOutOfRange(let expression):
            "stage \"\(expression)\": expected a duration of 1 ms to 24 hours"
        case .rateOutOfRange(let rate, let expression):
            "stage \"\(expression)\": expected rates of 0, or \(allowed.lowerBound) to \(Int(allowed.upperBound)) a "
                + "second, found \(rate)"
        }
    }
}
