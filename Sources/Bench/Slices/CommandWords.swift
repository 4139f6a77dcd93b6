/// A command that is run without a shell, as the words that a shell would make of it.
///
/// Quotes and backslashes mean what they mean to a shell (POSIX.1-2024, Shell Command Language, section 2.2); nothing
/// else does: no variable, pattern or `~` is expanded, and `;`, `|`, `&`, `<`, `>` and `#` are letters like any other.
package struct CommandWords: Equatable, Sendable {
    /// Stands for the port in every word, quoted or not.
    package static let portPlaceholder = "{port}"

    private enum Quote { case single, double }

    private let words: [String]

    /// - Parameter needsPort: the command is a server that has to be told its port.
    /// - Throws: `CommandWordsError`, with a message of one line for the command line.
    package init(parsing text: String, needsPort: Bool) throws(CommandWordsError) {
        words = try Self.split(text)
        guard !words.isEmpty else { throw .empty }
        guard !needsPort || words.contains(where: { $0.contains(Self.portPlaceholder) }) else { throw .noPort(text) }
    }

    /// The words as they are run, the program first.
    package func words(port: UInt16) -> [String] {
        words.map { $0.replacing(Self.portPlaceholder, with: String(port)) }
    }

    private static func split(_ text: String) throws(CommandWordsError) -> [String] {
        var words: [String] = []
        // Nil between words; empty quotes are a word too.
        var word: String.UnicodeScalarView?
        var quote: Quote?
        var scalars = text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch (quote, scalar) {
            case (nil, " "), (nil, "\t"), (nil, "\n"):
                if let complete = word { words.append(String(complete)) }
                word = nil
            case (nil, "'"), (nil, "\""):
                quote = scalar == "'" ? .single : .double
                word = word ?? .init()
            case (.single, "'"), (.double, "\""):
                quote = nil
            case (nil, "\\"), (.double, "\\"):
                guard let next = scalars.popFirst() else { throw .endsInBackslash(text) }
                if next == "\n" { continue }
                if quote == .double, !"$`\"\\".unicodeScalars.contains(next) { word = appending("\\", to: word) }
                word = appending(next, to: word)
            default:
                word = appending(scalar, to: word)
            }
        }
        guard quote == nil else { throw .unterminatedQuote(quote == .single ? "'" : "\"", in: text) }
        return words + (word.map { [String($0)] } ?? [])
    }

    private static func appending(
        _ scalar: Unicode.Scalar, to word: String.UnicodeScalarView?
    ) -> String.UnicodeScalarView {
        var word = word ?? .init()
        word.append(scalar)
        return word
    }
}
