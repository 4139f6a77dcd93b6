/// Records of comma-separated values (RFC 4180).
enum CommaSeparated {
    /// The header and the records, each with its line end.
    static func text(header: [String], _ records: [[String]]) -> String {
        ([header] + records).map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// Empty for nil.
    static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

    private static func field(_ text: String) -> String {
        // By scalars: to Swift a carriage return and a line feed are one character, which is neither.
        let needsQuotes = text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
