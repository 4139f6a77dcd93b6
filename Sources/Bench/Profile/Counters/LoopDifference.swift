import Recording
import Server

/// What a server's loops did between two readings, less what the reading itself costs.
struct LoopDifference {
    /// Each loop by itself, as it was read.
    let loops: [LoopReport]
    /// All loops together, without the cost of one reading.
    let total: LoopReport
    /// What was recorded between, over all loops, by name.
    let histograms: [String: LatencyHistogram]

    /// - Parameters:
    ///   - before, after: of the same loops.
    ///   - idle: two readings with nothing between but the answer to the first of them.
    init?(
        before: [LoopReport], after: [LoopReport], idle: (first: [LoopReport], second: [LoopReport])
    ) throws(HistogramDecodingError) {
        guard let measured = Self.difference(before, after), let reading = Self.difference(idle.first, idle.second),
            let whole = Self.sum(measured), let cost = Self.sum(reading)
        else { return nil }
        loops = measured
        var total = whole.since(cost)
        // Read to the tick: the time of one reading is below what is seen.
        total.cpuUserNanoseconds = whole.cpuUserNanoseconds
        total.cpuSystemNanoseconds = whole.cpuSystemNanoseconds
        self.total = total
        histograms = try Self.histograms(before, after)
    }

    /// The counters alone, of all loops together; nil where one of the readings is missing.
    static func total(
        before: [LoopReport]?, after: [LoopReport]?, idle: (first: [LoopReport], second: [LoopReport])?
    ) throws(HistogramDecodingError) -> LoopReport? {
        guard let before, let after, let idle else { return nil }
        return try LoopDifference(before: before, after: after, idle: idle)?.total
    }

    private static func difference(_ before: [LoopReport], _ after: [LoopReport]) -> [LoopReport]? {
        guard before.map(\.loop) == after.map(\.loop) else { return nil }
        return zip(before, after).map { $1.since($0) }
    }

    private static func sum(_ reports: [LoopReport]) -> LoopReport? {
        guard let first = reports.first else { return nil }
        return reports.dropFirst().reduce(first) { $0.adding($1) }
    }

    private static func histograms(
        _ before: [LoopReport], _ after: [LoopReport]
    ) throws(HistogramDecodingError) -> [String: LatencyHistogram] {
        var merged: [String: LatencyHistogram] = [:]
        for (earlier, later) in zip(before, after) {
            for (name, text) in later.histograms ?? [:] {
                let histogram = try LatencyHistogram.decodedV2(text)
                if let text = earlier.histograms?[name] { histogram.subtract(try .decodedV2(text)) }
                if let sum = merged[name] { sum.merge(histogram) } else { merged[name] = histogram }
            }
        }
        return merged
    }
}
