/// Why a text is no arm; wrong usage, told in one line.
package enum ArmArgumentError: Error, Equatable, CustomStringConvertible {
    case malformed(String)
    case badPath(String, arm: String)
    case badCommand(CommandWordsError, arm: String)
    case tooFew(Int)
    case nameTaken(String)

    package var description: String {
        switch self {
        case .malformed(let text):
            "\(text.debugDescription) is no arm: expected NAME='COMMAND' or NAME@/path='COMMAND'"
        case .badPath(let reason, let arm):
            "arm '\(arm)': the path behind @ is none: \(reason)"
        case .badCommand(let error, let arm):
            "arm '\(arm)': \(error)"
        case .tooFew(let count):
            "expected at least two arms to compare, found \(count)"
        case .nameTaken(let name):
            "two arms are called '\(name)': expected a name for each"
        }
    }
}
