import FoundationEssentials

/// A file that there is a report of, told by what is in it.
package enum ReportInput {
    case verdict(GateResult)
    case history([HistoryLine])

    private struct Schema: Decodable {
        let schema: String?
    }

    /// - Parameter path: where it comes from, for what is said about one of another kind.
    /// - Throws: `ReportFailure`, or `HistoryFailure` where a line of a history is none.
    package init(parsing bytes: [UInt8], path: String) throws {
        switch Self.schema(bytes) {
        case GateResult.schemaName:
            do {
                self = .verdict(try GateResult.decode(bytes))
            } catch {
                throw ReportFailure(description: "\(path): a damaged verdict, or one of another version of broadside")
            }
        case HistoryLine.Schema.history.rawValue:
            self = .history(try HistoryFile.parse(bytes, path: path))
        case let other:
            let found = other.map { "one of schema \(PlainText.oneLine($0.prefix(60)))" } ?? "something else"
            throw ReportFailure(
                description: "\(path): expected a gate's verdict (\(GateResult.schemaName)) or a history "
                    + "(\(HistoryLine.Schema.history.rawValue)), found \(found)")
        }
    }

    /// Of the document, or else of the first line that is one of a history: those before it may be damaged.
    private static func schema(_ bytes: [UInt8]) -> String? {
        if let whole = try? JSONDecoder().decode(Schema.self, from: Data(bytes)) { return whole.schema }
        let schemas = bytes.split(separator: UInt8(ascii: "\n")).lazy.compactMap { line in
            (try? JSONDecoder().decode(Schema.self, from: Data(line)))?.schema
        }
        return schemas.first { $0 == HistoryLine.Schema.history.rawValue } ?? schemas.first
    }
}
