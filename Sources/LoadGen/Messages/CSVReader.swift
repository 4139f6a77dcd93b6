/// Reads comma-separated values row by row (RFC 4180 §2): lines end with CR LF or LF, the last one may go without, and
/// quoted fields may hold commas, line ends and doubled quotes. A byte order mark in front is skipped.
struct CSVReader {
    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

    private let input: [UInt8]
    private var position = 0
    /// Where the next row begins, from 1.
    private(set) var line = 1
    /// The fields read so far, one behind the other, without their quotes.
    private(set) var content: [UInt8] = []

    init(_ input: [UInt8]) {
        self.input = input
        if input.starts(with: Self.byteOrderMark) { position = Self.byteOrderMark.count }
    }

    /// The fields of the next row, as ranges of `content`; nil at the end.
    mutating func nextRow() throws(DataTableError) -> [Range<Int>]? {
        guard position < input.count else { return nil }
        var fields: [Range<Int>] = []
        repeat { fields.append(try readField()) } while try takeSeparator()
        return fields
    }

    private mutating func readField() throws(DataTableError) -> Range<Int> {
        let start = content.count
        if position < input.count, input[position] == Self.quote {
            try readQuoted()
        } else {
            while position < input.count, input[position] != Self.comma, lineEndBytes == 0 {
                guard input[position] != Self.quote else { throw .quoteInField(line: line) }
                content.append(input[position])
                position += 1
            }
        }
        return start..<content.count
    }

    private mutating func readQuoted() throws(DataTableError) {
        let startLine = line
        position += 1
        while position < input.count {
            let byte = input[position]
            position += 1
            if byte == Self.quote {
                guard position < input.count, input[position] == Self.quote else { return }
                position += 1
            }
            if byte == Self.lineFeed { line += 1 }
            content.append(byte)
        }
        throw .unclosedQuote(line: startLine)
    }

    /// Takes what ends a field; true where another one of the row follows.
    private mutating func takeSeparator() throws(DataTableError) -> Bool {
        guard position < input.count else { return false }
        if input[position] == Self.comma {
            position += 1
            return true
        }
        let count = lineEndBytes
        guard count > 0 else { throw .textBehindQuote(line: line) }
        position += count
        line += 1
        return false
    }

    /// Of the line's end that stands here; 0 for none, also for a CR alone.
    private var lineEndBytes: Int {
        guard position < input.count else { return 0 }
        if input[position] == Self.lineFeed { return 1 }
        let isPair =
            input[position] == Self.carriageReturn && position + 1 < input.count
            && input[position + 1] == Self.lineFeed
        return isPair ? 2 : 0
    }
}
