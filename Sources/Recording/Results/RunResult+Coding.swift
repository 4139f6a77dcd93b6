import FoundationEssentials

extension RunResult {
    /// The result as JSON, indented and with sorted keys, so that two files can be compared line by line.
    ///
    /// - Throws: `EncodingError` when a figure is not a finite number.
    package func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    /// Reads what `encoded()` wrote.
    ///
    /// - Throws: `DecodingError` when it is no result, also when it is one of another schema.
    package static func decode(_ json: [UInt8]) throws -> RunResult {
        let result = try JSONDecoder().decode(RunResult.self, from: Data(json))
        guard result.schema == schemaName else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: [], debugDescription: "schema is \"\(result.schema)\", not \"\(schemaName)\"")
            )
        }
        return result
    }
}
