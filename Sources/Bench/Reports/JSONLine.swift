import FoundationEssentials

/// A document of JSON lines: one value a line, added at the end.
enum JSONLine {
    /// With the line's end.
    static func encoded(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }

    /// The values of all lines, and the number of the first line that is none; empty lines do not count.
    static func decoded<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) -> (values: [Value], badLine: Int?) {
        var values: [Value] = []
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty {
            guard let value = try? JSONDecoder().decode(type, from: Data(line)) else { return (values, number + 1) }
            values.append(value)
        }
        return (values, nil)
    }
}
