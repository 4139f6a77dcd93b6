import FoundationEssentials

/// The body of `GET /api/profile`.
package struct LoopReports: Codable, Equatable, Sendable {
    package static let schemaName = "broadside.loops/1"

    /// `LoopReports.schemaName`.
    package var schema = Self.schemaName
    package var loops: [LoopReport]
    /// Bytes that the whole process holds at this moment; nil where the allocator does not count.
    package var allocatorAllocatedBytes: UInt64?

    package init(loops: [LoopReport], allocatorAllocatedBytes: UInt64? = nil) {
        self.loops = loops
        self.allocatorAllocatedBytes = allocatorAllocatedBytes
    }

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
