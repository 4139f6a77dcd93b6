/// A threshold held against a result.
package struct ThresholdOutcome: Codable, Equatable, Sendable {
    /// As it was given.
    package var expression: String
    /// The figure found, over windows that of the worst one; null where the result has none, which fails.
    @ExplicitNull package var value: Double?
    package var passed: Bool
    /// The length of the windows; left out of the JSON where the threshold is for the whole run.
    package var windowNanoseconds: Int?
    /// Where the worst window began, since the measured part did; left out where there was no window.
    package var worstWindowStartNanoseconds: Int?

    package init(
        expression: String, value: Double?, passed: Bool, windowNanoseconds: Int? = nil,
        worstWindowStartNanoseconds: Int? = nil
    ) {
        self.expression = expression
        self.value = value
        self.passed = passed
        self.windowNanoseconds = windowNanoseconds
        self.worstWindowStartNanoseconds = worstWindowStartNanoseconds
    }
}
