/// What a `DurationHistogram` held at one moment, or several of them together.
struct DurationSnapshot: Equatable, Sendable {
    /// By bucket, in the order of `DurationHistogram.boundsNanoseconds`, and last what is longer than all bounds.
    var counts = [UInt64](repeating: 0, count: DurationHistogram.boundsNanoseconds.count + 1)
    var sumNanoseconds: UInt64 = 0

    /// Of all durations.
    var count: UInt64 { counts.reduce(0, &+) }

    /// Adds another loop's durations. Wraps, as the counts themselves do.
    mutating func merge(_ other: DurationSnapshot) {
        for bucket in counts.indices { counts[bucket] &+= other.counts[bucket] }
        sumNanoseconds &+= other.sumNanoseconds
    }
}
