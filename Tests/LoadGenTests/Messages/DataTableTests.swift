import LoadGen
import Testing

@Suite("DataTable")
struct DataTableTests {
    private func table(_ text: String) throws -> DataTable { try DataTable(parsing: Array(text.utf8)) }

    private func rows(_ table: DataTable) -> [[String]] {
        (0..<table.rowCount).map { row in
            table.columns.indices.map { column in
                var bytes = [UInt8](repeating: 0x2e, count: table.byteCount(row: row, column: column))
                let written = bytes.withUnsafeMutableBytes { table.write(row: row, column: column, into: $0, at: 0) }
                return written == bytes.count ? String(decoding: bytes, as: UTF8.self) : "wrong count"
            }
        }
    }

    @Test(
        "rows are read as RFC 4180 has them",
        arguments: [
            ("a,b\r\n1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]]), ("a,b\n1,2\n3,4", [["1", "2"], ["3", "4"]]),
            ("a,b\n\"1\",\"\"\n,\n", [["1", ""], ["", ""]]), ("a,b\n1,", [["1", ""]]),
            ("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n", [["x, y", "say \"hi\""]]),
            ("a,b\n\"two\r\nlines\",2\n", [["two\r\nlines", "2"]]), ("a,b\n 1 ,\r2\n", [[" 1 ", "\r2"]]),
            ("a,b\nü,ß\n", [["ü", "ß"]]), ("\u{feff}a,b\n1,2\n", [["1", "2"]]),
        ] as [(String, [[String]])])
    func reading(text: String, expected: [[String]]) throws {
        let table = try table(text)
        #expect(table.columns == ["a", "b"])
        #expect(table.rowCount == expected.count)
        #expect(rows(table) == expected)
    }

    @Test("with one column an empty line is an empty value")
    func oneColumn() throws {
        let table = try table("\"a\"\nx\n\ny\n")
        #expect(table.columns == ["a"])
        #expect(rows(table) == [["x"], [""], ["y"]])
    }

    @Test(
        "what is no table says where and why",
        arguments: [
            ("", DataTableError.empty), ("a,b", .noRows), ("a,b\n", .noRows), ("a,a\n1,2\n", .repeatedColumn("a")),
            ("a,b\n1\n", .wrongFieldCount(line: 2, found: 1, expected: 2)),
            ("a,b\n1,2\n1,2,3\n", .wrongFieldCount(line: 3, found: 3, expected: 2)),
            ("a,b\n\"x\ny\",1\n\n", .wrongFieldCount(line: 4, found: 1, expected: 2)),
            ("a,b\n1,x\"y\n", .quoteInField(line: 2)), ("a,b\n\"x\"y,1\n", .textBehindQuote(line: 2)),
            ("a,b\n1,2\n\"x,\n\n", .unclosedQuote(line: 3)),
        ] as [(String, DataTableError)])
    func mistakes(text: String, expected: DataTableError) {
        #expect(throws: expected) { try table(text) }
        #expect(!expected.details.isEmpty)
    }

    @Test("whether all of it is UTF-8 is known")
    func encoding() throws {
        let (good, bad) = (try table("a\nü\n"), try DataTable(parsing: Array("a\n".utf8) + [0xff, 0x0a]))
        #expect(good.isUTF8)
        #expect(!bad.isUTF8)
    }

    @Test("random texts never trap")
    func randomTexts() {
        var generator = SeededGenerator(seed: 3)
        var readable = 0
        for _ in 0..<5_000 {
            let text = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
                "ab,\"\r\n".utf8.randomElement(using: &generator) ?? 0
            }
            guard let table = try? DataTable(parsing: text) else { continue }
            readable += 1
            #expect(rows(table).count == table.rowCount)
        }
        #expect(readable > 10)
    }
}
