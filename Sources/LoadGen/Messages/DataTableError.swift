/// Why a text is no table of comma-separated values (RFC 4180). Lines count from 1.
package enum DataTableError: Error, Equatable {
    /// Not even a header.
    case empty
    case noRows
    /// Two columns of one name.
    case repeatedColumn(String)
    case wrongFieldCount(line: Int, found: Int, expected: Int)
    /// A quote within a field that does not begin with one.
    case quoteInField(line: Int)
    case textBehindQuote(line: Int)
    /// Begun on this line.
    case unclosedQuote(line: Int)

    /// One line for people.
    package var details: String {
        switch self {
        case .empty: "expected a line with the names of the columns, found nothing"
        case .noRows: "expected rows behind the names of the columns, found none"
        case .repeatedColumn(let name): "expected a name for each column, found '\(name)' twice"
        case .wrongFieldCount(let line, let found, let expected):
            "line \(line): expected \(expected) fields as in the first line, found \(found)"
        case .quoteInField(let line):
            "line \(line): a field with a quote in it must be quoted itself, and the quote be doubled"
        case .textBehindQuote(let line): "line \(line): expected a comma or the line's end behind a closing quote"
        case .unclosedQuote(let line): "line \(line): the quote of a field that begins there has no end"
        }
    }
}

extension DataTableError: CustomStringConvertible {
    package var description: String { details }
}
