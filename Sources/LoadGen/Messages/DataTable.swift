/// Rows of values for the placeholders of a template, from a file of comma-separated values whose first line names the
/// columns.
///
/// Invariant: at least one row, each with a field for every column. Bounds: the text itself and 16 bytes a field. Cost
/// of a field: one copy of it.
package struct DataTable: Equatable, Sendable {
    package let columns: [String]
    package let rowCount: Int
    private let content: [UInt8]
    /// Row by row; ranges of `content`.
    private let fields: [Range<Int>]

    package init(parsing text: [UInt8]) throws(DataTableError) {
        var reader = CSVReader(text)
        guard let header = try reader.nextRow() else { throw .empty }
        var fields: [Range<Int>] = []
        var rowCount = 0
        var line = reader.line
        while let row = try reader.nextRow() {
            guard row.count == header.count else {
                throw .wrongFieldCount(line: line, found: row.count, expected: header.count)
            }
            fields += row
            rowCount += 1
            line = reader.line
        }
        let content = reader.content
        let columns = header.map { String(decoding: content[$0], as: UTF8.self) }
        for (index, name) in columns.enumerated() where columns[..<index].contains(name) {
            throw .repeatedColumn(name)
        }
        guard rowCount > 0 else { throw .noRows }
        self.columns = columns
        self.rowCount = rowCount
        self.content = content
        self.fields = fields
    }

    /// Whether all values are UTF-8: what goes into a text message has to be.
    package var isUTF8: Bool { fields.allSatisfy { String(validating: content[$0], as: UTF8.self) != nil } }

    /// The size of a field.
    package func byteCount(row: Int, column: Int) -> Int { field(row, column).count }

    /// Writes a field at `offset` and returns its size; there must be room for it.
    package func write(
        row: Int, column: Int, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) -> Int {
        let range = field(row, column)
        precondition(offset >= 0 && range.count <= buffer.count - offset, "no room for a field")
        // Both ranges are in bounds: the field's by the invariant of the ranges, the other by the check above.
        content.withUnsafeBytes {
            UnsafeMutableRawBufferPointer(rebasing: buffer[offset...])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[range]))
        }
        return range.count
    }

    private func field(_ row: Int, _ column: Int) -> Range<Int> {
        precondition((0..<rowCount).contains(row) && columns.indices.contains(column), "no such field")
        return fields[row * columns.count + column]
    }
}
