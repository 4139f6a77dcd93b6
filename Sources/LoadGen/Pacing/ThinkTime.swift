import Recording

/// How long a client of a closed loop waits between the end of one message and the next (`--think-time`): `20ms`, or
/// anywhere from the one to the other, `20ms..50ms`.
package struct ThinkTime: Equatable, Sendable {
    /// As it was given.
    package let expression: String
    package let rangeNanoseconds: ClosedRange<UInt64>

    private static let longestNanoseconds: UInt64 = 86_400_000_000_000

    /// - Throws: `ThinkTimeError`, with a message of one line for the command line.
    package init(parsing expression: String) throws(ThinkTimeError) {
        let first: UInt64
        let last: UInt64
        do {
            if let dots = expression.firstRange(of: "..") {
                first = try DurationArgument(parsing: String(expression[..<dots.lowerBound])).nanoseconds
                last = try DurationArgument(parsing: String(expression[dots.upperBound...])).nanoseconds
            } else {
                first = try DurationArgument(parsing: expression).nanoseconds
                last = first
            }
        } catch {
            throw .badDuration(error, expression: expression)
        }
        guard first <= last else { throw .descending(expression) }
        guard last <= Self.longestNanoseconds else { throw .tooLong(expression) }
        self.expression = expression
        rangeNanoseconds = first...last
    }

    /// The next wait.
    package func nanoseconds(using generator: inout SeededGenerator) -> UInt64 {
        UInt64.random(in: rangeNanoseconds, using: &generator)
    }
}
