/// A condition that a result has to meet: `PATH OP VALUE`, as in `latency.p99<50ms`.
///
/// PATH is that of a figure in the JSON. Where `Nanoseconds` is left out of it, VALUE is a duration with its
/// unit; with it, VALUE may also be a bare number of nanoseconds. Other figures take a bare number.
package struct Threshold: Sendable {
    /// As it was given.
    package let expression: String
    package let comparison: ThresholdOperator
    /// What the figure is compared with, in its unit.
    package let value: Double
    private let path: ResultPath

    /// - Throws: `ThresholdError`, with a message of one line for the command line.
    package init(parsing expression: String) throws(ThresholdError) {
        let isOperator = { (character: Character) in "<>=".contains(character) }
        let left = expression.prefix { !isOperator($0) }
        let symbol = expression.dropFirst(left.count).prefix(while: isOperator)
        let right = expression.dropFirst(left.count + symbol.count)
        let name = String(left).trimmed
        let text = String(right).trimmed
        guard let comparison = ThresholdOperator(rawValue: String(symbol)), !name.isEmpty, !text.isEmpty else {
            throw .malformed(expression)
        }
        guard let path = ResultPath.named(name) else { throw .unknownPath(name, expression: expression) }
        self.expression = expression
        self.comparison = comparison
        self.path = path
        value = try Self.value(text, of: path, named: name, in: expression)
    }

    /// A figure that the result does not have fails.
    package func evaluate(against result: RunResult) -> ThresholdOutcome {
        let found = path.read(result)
        return ThresholdOutcome(
            expression: expression, value: found, passed: found.map { comparison.holds($0, value) } ?? false)
    }

    private static func value(
        _ text: String, of path: ResultPath, named name: String, in expression: String
    ) throws(ThresholdError) -> Double {
        let mayBeBare = !path.isDuration || name == path.name
        if mayBeBare, let number = Double(text), number.isFinite { return number }
        guard path.isDuration else { throw .notANumber(text, expression: expression) }
        do {
            return Double(try DurationArgument(parsing: text).nanoseconds)
        } catch {
            throw .notADuration(error, expression: expression)
        }
    }
}
