import Recording

/// Why a text is no think time; wrong usage, told in one line.
package enum ThinkTimeError: Error, Equatable, CustomStringConvertible {
    case badDuration(DurationArgumentError, expression: String)
    case descending(String)
    case tooLong(String)

    package var description: String {
        switch self {
        case .badDuration(let error, _):
            String(describing: error)
        case .descending(let expression):
            "expected the shorter time first, as in 20ms..50ms, found \(expression)"
        case .tooLong(let expression):
            "expected at most 24 hours, found \(expression)"
        }
    }
}
