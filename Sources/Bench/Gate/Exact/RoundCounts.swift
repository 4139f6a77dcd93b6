/// One count in many rounds, in batches: exact where the median of every batch is the same.
package struct RoundCounts: Codable, Equatable, Sendable {
    package let batchMedians: [Double]

    /// - Parameters:
    ///   - rounds: what each round counted, with the reading of the counter.
    ///   - readings: what reading alone counted; its median is taken away.
    ///   - batchSize: rounds of a batch; a last one that is not whole is left out.
    package init(rounds: [Int], readings: [Int], batchSize: Int) {
        let reading = Self.median(readings) ?? 0
        batchMedians = stride(from: 0, through: rounds.count - batchSize, by: batchSize).compactMap { start in
            Self.median(Array(rounds[start..<start + batchSize])).map { $0 - reading }
        }
    }

    package init(batchMedians: [Double]) { self.batchMedians = batchMedians }

    /// Nil where the batches do not agree: then it is no count that can be relied on.
    package var exactValue: Double? {
        guard let first = batchMedians.first, batchMedians.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    /// For showing, where there is no exact one.
    package var typicalValue: Double? {
        batchMedians.isEmpty ? nil : batchMedians.sorted()[batchMedians.count / 2]
    }

    private static func median(_ values: [Int]) -> Double? {
        values.isEmpty ? nil : Double(values.sorted()[values.count / 2])
    }
}
