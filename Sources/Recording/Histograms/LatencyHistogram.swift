import Glibc

/// Counts of durations in nanoseconds, 1 ns to 1 hour, within a thousandth of each value (an HdrHistogram).
///
/// Histograms with this one layout merge without loss; percentiles of them must never be averaged. Longer
/// durations count as one hour and in `clampedCount`. All figures derive from the counts, so they are the
/// same before and after a trip through the V2 encoding.
///
/// Owner: one thread at a time; nothing here is synchronized, and the type is not `Sendable` for that reason.
/// Size: 264 KiB, of which only the pages that are recorded in take memory. Cost: `record` is one increment; all
/// else walks the counts, 2 to 60 µs, and encoding about 1 ms.
///
/// The counts are a bare array of our own because of the hot path: recording from another module in a release
/// build takes 1.1 to 1.5 ns here, and 10 to 15 ns with `Histogram<UInt64>` of hdrhistogram-swift 0.2.0,
/// which passes through an exclusivity check, the uniqueness check of its array, a bounds check and three
/// more fields.
package final class LatencyHistogram {
    // Unsafe because an array would be checked for uniqueness and bounds at each increment. Allocated and
    // initialized in init, freed in deinit, never reassigned; indices come from HistogramLayout or are
    // checked.
    @usableFromInline
    package let counts: UnsafeMutablePointer<UInt64>

    /// How many of the durations were longer than an hour. Not part of the V2 encoding.
    package private(set) var clampedCount: UInt64 = 0

    package init() {
        let length = HistogramLayout.countsLength
        guard let memory = calloc(length, MemoryLayout<UInt64>.stride) else { fatalError("out of memory") }
        // calloc(3) has initialized the counts, all bits zero, without touching pages that the kernel gave as zeros.
        counts = memory.bindMemory(to: UInt64.self, capacity: length)
    }

    deinit {
        // UInt64 is trivial, so there is nothing to deinitialize.
        free(counts)
    }

    @inlinable
    package func record(_ nanoseconds: UInt64) {
        guard nanoseconds <= HistogramLayout.highestValue else { return recordClamped() }
        // Wraps after 2^64 records: centuries, at any rate that one thread reaches.
        counts[HistogramLayout.index(of: nanoseconds)] &+= 1
    }

    @usableFromInline
    package func recordClamped() {
        clampedCount &+= 1
        record(HistogramLayout.highestValue)
    }

    /// Adds another histogram's counts to this one's; the other stays as it is.
    package func merge(_ other: LatencyHistogram) {
        for index in 0..<HistogramLayout.countsLength {
            counts[index] &+= other.counts[index]
        }
        clampedCount &+= other.clampedCount
    }

    /// Takes away the counts of `earlier`, a former state of this same histogram: what was recorded since remains.
    package func subtract(_ earlier: LatencyHistogram) {
        for index in 0..<HistogramLayout.countsLength {
            counts[index] -= Swift.min(counts[index], earlier.counts[index])
        }
        clampedCount -= Swift.min(clampedCount, earlier.clampedCount)
    }

    package func reset() {
        counts.update(repeating: 0, count: HistogramLayout.countsLength)
        clampedCount = 0
    }
}
