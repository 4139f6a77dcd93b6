/// One line of the result: a documented figure beside the measured one.
package struct TargetRow: Codable, Sendable, Equatable {
    /// What the specification calls it, with the case measured: `broadcast to 100 clients, 64 B`.
    package var target: String
    /// As documented: `about 50 ms`.
    package var documented: String
    /// As measured, in the same unit: the median where it is a time.
    package var measured: String
    /// How many times better than documented; nil where that is not a number.
    package var factor: Double?
    package var p99Nanoseconds: Int?
    package var maxNanoseconds: Int?
    package var verdict: Verdict
    /// What a reader needs to know besides: reasons, conditions, counts.
    package var note: String

    package init(
        target: String, documented: String, measured: String, factor: Double? = nil, p99Nanoseconds: Int? = nil,
        maxNanoseconds: Int? = nil, verdict: Verdict, note: String = ""
    ) {
        self.target = target
        self.documented = documented
        self.measured = measured
        self.factor = factor
        self.p99Nanoseconds = p99Nanoseconds
        self.maxNanoseconds = maxNanoseconds
        self.verdict = verdict
        self.note = note
    }
}
