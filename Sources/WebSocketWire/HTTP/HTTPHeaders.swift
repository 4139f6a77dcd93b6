/// Header fields in the order they came; names compare case-insensitively (RFC 9110 §5).
///
/// A linear list: messages have few fields, and parsers bound their number.
package struct HTTPHeaders: Equatable, Sendable {
    package struct Field: Equatable, Sendable {
        package let name: String
        package let value: String
    }

    private var fields: [Field] = []

    package init() {}

    package mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// The value of the first field of that name.
    package func first(_ name: String) -> String? {
        fields.first { $0.name.equalsIgnoringASCIICase(name) }?.value
    }

    /// The values of all fields of that name.
    package func all(_ name: String) -> [String] {
        fields.filter { $0.name.equalsIgnoringASCIICase(name) }.map(\.value)
    }

    /// The elements of the comma-separated list that all fields of that name form together (RFC 9110 §5.6.1):
    /// trimmed, without empty ones; commas within quoted strings do not separate.
    package func elements(of name: String) -> [String] {
        all(name).flatMap(HTTPGrammar.listElements)
    }

    /// Whether that list has the element `token`, compared case-insensitively.
    package func containsToken(_ token: String, in name: String) -> Bool {
        elements(of: name).contains { $0.equalsIgnoringASCIICase(token) }
    }
}

extension HTTPHeaders: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { fields.count }
    package subscript(position: Int) -> Field { fields[position] }
}
