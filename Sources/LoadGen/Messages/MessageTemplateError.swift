/// Why a text is no template.
package enum MessageTemplateError: Error, Equatable {
    /// `{{` without `}}`, at so many bytes from the beginning.
    case unclosed(byteOffset: Int)
    case unknownPlaceholder(String, columns: [String])
    /// Behind `random:`.
    case badRandomDigits(String)
    /// In the place of a message that is published.
    case withoutStamp
    /// In the place of a message that is not: one of the placeholders `stamp` and `sequence`.
    case notPublished(String)

    /// One line for people.
    package var details: String {
        switch self {
        case .unclosed(let byteOffset): "the placeholder at byte \(byteOffset) has no end, expected }}"
        case .unknownPlaceholder(let name, let columns):
            "unknown placeholder {{\(name)}}, expected stamp, client, sequence, random, random:N"
                + (columns.isEmpty
                    ? " or, with --data, one of its columns" : " or a column: \(columns.joined(separator: ", "))")
        case .badRandomDigits(let found):
            "{{\(found)}}: expected random:N with N from 1 to \(MessageTemplate.maximumRandomDigits)"
        case .withoutStamp: "expected the placeholder {{stamp}}, by which a message is recognised when it comes back"
        case .notPublished(let name):
            "{{\(name)}} is for messages that are published, expected client, random or a column"
        }
    }
}

extension MessageTemplateError: CustomStringConvertible {
    package var description: String { details }
}
