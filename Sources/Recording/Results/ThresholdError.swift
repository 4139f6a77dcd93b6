/// Why a text is no threshold; wrong usage, told in one line.
package enum ThresholdError: Error, Equatable, CustomStringConvertible {
    case malformed(String)
    case unknownPath(String, expression: String)
    case notANumber(String, expression: String)
    case notADuration(DurationArgumentError, expression: String)
    /// A figure that no window has: only those of deliveries, their rates and their latency are kept second by second.
    case noWindows(String, expression: String)
    case badWindow(String, expression: String)

    package var description: String {
        switch self {
        case .malformed(let expression):
            "threshold \"\(expression)\": expected PATH OP VALUE with OP of < <= > >= ==, as latency.p99<50ms"
        case .unknownPath(let path, let expression):
            "threshold \"\(expression)\": a result has no figure \"\(path)\""
        case .notANumber(let text, let expression):
            "threshold \"\(expression)\": \"\(text)\" is no number"
        case .notADuration(let error, let expression):
            "threshold \"\(expression)\": \(error)"
        case .noWindows(let path, let expression):
            "threshold \"\(expression)\": \"\(path)\" has no windows: expected latency, rates or deliveries"
        case .badWindow(let text, let expression):
            "threshold \"\(expression)\": expected windows of 1 to \(Threshold.windowSecondsRange.upperBound) whole "
                + "seconds, found \(text)"
        }
    }
}
