import FoundationEssentials
import Recording

/// A comparison with its analysis: in JSON one document, `analysis` standing beside the raw records.
package struct ComparisonResult: Encodable, Sendable {
    private enum CodingKeys: CodingKey { case analysis }

    package static let schemaName = "broadside.comparison/1"

    package let comparison: Comparison
    package let analysis: ComparisonAnalysis

    /// - Throws: `HistogramDecodingError` where a record is damaged.
    package init(_ comparison: Comparison) throws(HistogramDecodingError) {
        self.comparison = comparison
        analysis = try ComparisonAnalysis(comparison)
    }

    package func encode(to encoder: any Encoder) throws {
        try comparison.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(analysis, forKey: .analysis)
    }

    package func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    /// Reads what `encoded()` wrote; the raw records are analysed again, by what is known now.
    ///
    /// - Throws: `DecodingError` when it is no comparison, also when it is one of another schema;
    ///   `HistogramDecodingError` where a record is damaged.
    package static func decode(_ json: [UInt8]) throws -> ComparisonResult {
        let comparison = try JSONDecoder().decode(Comparison.self, from: Data(json))
        guard comparison.schema == schemaName else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: [], debugDescription: "schema is \"\(comparison.schema)\", not \"\(schemaName)\""))
        }
        return try ComparisonResult(comparison)
    }

    package var toolExit: ToolExit {
        var exits: [ToolExit] = []
        if comparison.interrupted { exits.append(.failed) }
        if comparison.failure != nil { exits.append(.invalid) }
        for warning in analysis.loads.flatMap(\.warnings) {
            switch warning.kind {
            case .faults, .notMeasured: exits.append(.invalid)
            case .inconclusive: exits.append(.inconclusive)
            case .endedEarly, .sharedCores, .coalescing, .uncharged, .generatorBound, .fewSets, .setAside: break
            }
        }
        return .mostSevere(exits)
    }
}
