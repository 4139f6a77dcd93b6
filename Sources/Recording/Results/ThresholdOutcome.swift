/// A threshold held against a result.
package struct ThresholdOutcome: Codable, Equatable, Sendable {
    /// As it was given.
    package var expression: String
    /// The figure found; null where the result has none, which fails.
    @ExplicitNull package var value: Double?
    package var passed: Bool

    package init(expression: String, value: Double?, passed: Bool) {
        self.expression = expression
        self.value = value
        self.passed = passed
    }
}
