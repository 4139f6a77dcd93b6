/// Why a text is no command; wrong usage, told in one line.
package enum CommandWordsError: Error, Equatable, CustomStringConvertible {
    case empty
    case unterminatedQuote(String, in: String)
    case endsInBackslash(String)
    case noPort(String)

    package var description: String {
        switch self {
        case .empty:
            "the command is empty: expected a program and its arguments"
        case .unterminatedQuote(let quote, let text):
            "the command \(text.debugDescription) has an opening \(quote) without a closing one"
        case .endsInBackslash(let text):
            "the command \(text.debugDescription) ends in a backslash: expected a character behind it"
        case .noPort(let text):
            "the command \(text.debugDescription) has no \(CommandWords.portPlaceholder): "
                + "write it where the server takes its port"
        }
    }
}
