/// A message or body that does not say what it should: what was expected, for the one who sent it.
package struct ValidationFailure: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }

    init(_ error: DecodingError) {
        switch error {
        case .typeMismatch(_, let context), .dataCorrupted(let context):
            description =
                context.codingPath.isEmpty
                ? "not a JSON object" : "\(Self.path(context)): \(context.debugDescription)"
        case .keyNotFound(let key, let context):
            description = "\(Self.path(context, key)): missing"
        case .valueNotFound(_, let context):
            description = "\(Self.path(context)): must not be null"
        @unknown default:
            description = "not valid JSON"
        }
    }

    private static func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
        (context.codingPath + (last.map { [$0] } ?? [])).map { key in
            key.intValue.map { "[\($0)]" } ?? key.stringValue
        }.joined(separator: ".")
    }
}
