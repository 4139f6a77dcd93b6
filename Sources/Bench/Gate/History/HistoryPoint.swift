/// One commit in a series.
package struct HistoryPoint: Equatable, Sendable {
    /// Which line of the history it is.
    package let line: Int
    /// The index, or the count.
    package let value: Double
    /// The bounds of this commit's own change, from where its baseline is.
    package let interval: ClosedRange<Double>?
    /// Where the index may be in truth, by 95 %: the errors of all commits up to this one. Nil for a count.
    package let band: ClosedRange<Double>?
    package let metric: HistoryMetric
}
