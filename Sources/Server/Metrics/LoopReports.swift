import FoundationEssentials

/// The body of `GET /api/profile`.
package struct LoopReports: Codable, Equatable, Sendable {
    package static let schemaName = "broadside.loops/1"

    /// `LoopReports.schemaName`.
    package var schema = Self.schemaName
    package var loops: [LoopReport]

    package init(loops: [LoopReport]) { self.loops = loops }

    func serialized() -> [UInt8] { Self.json(self) }

    /// The array alone, for `GET /api/metrics`.
    static func serialized(_ loops: [LoopReport]) -> [UInt8] { json(loops) }

    private static func json(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Integers and strings have nothing that could fail to be encoded.
        return (try? encoder.encode(value)).map(Array.init) ?? []
    }
}
