/// Why a text is no threshold; wrong usage, told in one line.
package enum ThresholdError: Error, Equatable, CustomStringConvertible {
    case malformed(String)
    case unknownPath(String, expression: String)
    case notANumber(String, expression: String)
    case notADuration(DurationArgumentError, expression: String)

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
        }
    }
}
