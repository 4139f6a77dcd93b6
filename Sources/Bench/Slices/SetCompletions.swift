import Glibc
import Recording

/// The completion times of all arms under one load, for each set its own histogram.
///
/// Memory: 264 KiB for each set and arm while it lives.
struct SetCompletions {
    /// By set, then by arm; nil where nothing was recorded.
    private let histograms: [[LatencyHistogram?]]

    /// - Throws: `HistogramDecodingError` where a record is damaged.
    init(_ sets: [SliceSet]) throws(HistogramDecodingError) {
        var histograms: [[LatencyHistogram?]] = []
        for set in sets {
            var arms: [LatencyHistogram?] = []
            for text in set.completionHistograms {
                let histogram = text.isEmpty ? nil : try LatencyHistogram.decodedV2(text)
                arms.append(histogram.flatMap { $0.count > 0 ? $0 : nil })
            }
            histograms.append(arms)
        }
        self.histograms = histograms
    }

    /// Over all sets.
    func merged(arm: Int) -> LatencySummary {
        let merged = LatencyHistogram()
        for set in histograms where set.indices.contains(arm) {
            if let histogram = set[arm] { merged.merge(histogram) }
        }
        return merged.summary()
    }

    /// An arm's percentile in the first set; nil where it recorded nothing.
    func percentile(_ percentile: Double, arm: Int) -> Double? {
        guard let set = histograms.first, set.indices.contains(arm), let value = set[arm]?.percentile(percentile),
            value > 0
        else { return nil }
        return Double(value)
    }

    /// An arm's percentile over the first arm's.
    func ratio(percentile: Double, arm: Int) -> RatioEstimate? {
        RatioEstimate(
            setLogRatios: histograms.compactMap { set in
                guard set.indices.contains(arm), let first = set.first??.percentile(percentile),
                    let other = set[arm]?.percentile(percentile), first > 0, other > 0
                else { return nil }
                return log(Double(other) / Double(first))
            })
    }
}
