/// The bucket layout of an HdrHistogram for 1 ns to 1 hour at three significant digits: pure index
/// arithmetic.
///
/// Bucket 0 holds the values 0...2047 in steps of one. Each following bucket b holds those from 1024·2^b to
/// 2048·2^b - 1 in 1,024 steps of 2^b, which keeps a step below a thousandth of its values. The counts of all
/// buckets stand in one array, ordered by value (HdrHistogram, `AbstractHistogram.countsArrayIndex`, with
/// unit magnitude 0).
package enum HistogramLayout {
    package static let significantDigits: Int32 = 3
    package static let lowestValue: UInt64 = 1

    /// One hour in nanoseconds.
    @inlinable
    package static var highestValue: UInt64 { 3_600_000_000_000 }

    /// Length of the counts array: `highestValue` lies in bucket 31, and bucket 0 has twice the others'
    /// counts.
    @inlinable
    package static var countsLength: Int { 33 * 1_024 }

    /// The index for a value; below `countsLength` when the value is at most `highestValue`.
    @inlinable
    package static func index(of value: UInt64) -> Int {
        // 53 is 64 less the 11 bits of bucket 0's largest value.
        let bucket = 53 &- (value | 2_047).leadingZeroBitCount
        return (bucket &<< 10) &+ Int(truncatingIfNeeded: value &>> UInt64(truncatingIfNeeded: bucket))
    }

    /// The smallest value that is counted at an index.
    package static func lowestValue(at index: Int) -> UInt64 {
        let bucket = bucket(of: index)
        return UInt64(index - (bucket << 10)) << UInt64(bucket)
    }

    /// The largest value that is counted at an index.
    package static func highestValue(at index: Int) -> UInt64 {
        lowestValue(at: index) + (stepSize(at: index) - 1)
    }

    /// The value in the middle of those that are counted at an index.
    package static func medianValue(at index: Int) -> UInt64 {
        lowestValue(at: index) + stepSize(at: index) / 2
    }

    private static func stepSize(at index: Int) -> UInt64 {
        1 << UInt64(bucket(of: index))
    }

    private static func bucket(of index: Int) -> Int {
        max(0, (index >> 10) - 1)
    }
}
