import Recording

/// A second of a run that every loop has ended, for those who watch.
package struct CompletedSecond: Sendable {
    package let record: IntervalRecord
    /// When it began, in milliseconds since 1970.
    package let startedAtMilliseconds: Int64
    /// Not to be changed any more.
    package let histograms: LoadSecond
}
