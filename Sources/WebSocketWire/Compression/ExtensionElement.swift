/// One element of Sec-WebSocket-Extensions: an extension and its parameters (RFC 6455 §9.1).
///
/// Blanks are allowed around `;` and `=`. A value is a token, quoted or not; the two forms mean the same.
struct ExtensionElement: Equatable {
    struct Parameter: Equatable {
        let name: String
        /// Without quotes and escapes; nil for a parameter that is a name alone.
        let value: String?
    }

    let name: String
    let parameters: [Parameter]

    /// Nil when the text has another form.
    init?(_ element: String) {
        // A quoted value has to be a token, so that it has no `;` either.
        let pieces = element.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard let first = pieces.first else { return nil }
        let name = HTTPGrammar.trimmed(first)
        guard HTTPGrammar.isToken(name) else { return nil }
        var parameters: [Parameter] = []
        for piece in pieces.dropFirst() {
            guard let parameter = Parameter(HTTPGrammar.trimmed(piece)) else { return nil }
            parameters.append(parameter)
        }
        self.name = String(Substring(name))
        self.parameters = parameters
    }
}

extension ExtensionElement.Parameter {
    /// From what stands between semicolons, trimmed.
    fileprivate init?(_ piece: Substring.UTF8View) {
        guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else {
            guard HTTPGrammar.isToken(piece) else { return nil }
            self.init(name: String(Substring(piece)), value: nil)
            return
        }
        let name = HTTPGrammar.trimmed(piece[..<equals])
        let value = HTTPGrammar.trimmed(piece[piece.index(after: equals)...])
        guard HTTPGrammar.isToken(name), let token = Self.token(Array(value)) else { return nil }
        self.init(name: String(Substring(name)), value: token)
    }

    /// The token that a value stands for; nil when it stands for none.
    private static func token(_ value: [UInt8]) -> String? {
        let quote = UInt8(ascii: "\"")
        guard value.first == quote else {
            return HTTPGrammar.isToken(value) ? String(decoding: value, as: UTF8.self) : nil
        }
        guard value.count >= 2, value.last == quote else { return nil }
        var isEscaped = false
        let content = value[1..<value.count - 1].filter { byte in
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            return !isEscaped
        }
        // Otherwise the closing quote is an escaped one.
        guard !isEscaped, HTTPGrammar.isToken(content) else { return nil }
        return String(decoding: content, as: UTF8.self)
    }
}
