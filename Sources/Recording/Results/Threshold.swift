/// A condition that a result has to meet: `PATH OP VALUE`, as in `latency.p99<50ms`; over windows `PATH OP VALUE over
/// LENGTH`, as in `latency.p99<50ms over 5s`.
///
/// PATH is that of a figure in the JSON. Where `Nanoseconds` is left out of it, VALUE is a duration with its
/// unit; with it, VALUE may also be a bare number of nanoseconds. Other figures take a bare number. Over windows the
/// condition has to hold in each window of that length, which slide by a second over the measured part (`WindowWatch`).
package struct Threshold: Sendable {
    /// How long windows may be: each of their seconds is held in memory.
    package static let windowSecondsRange = 1...300
    private static let windowMark = " over "

    /// As it was given.
    package let expression: String
    package let comparison: ThresholdOperator
    /// What the figure is compared with, in its unit.
    package let value: Double
    /// The length of the windows; nil for the whole run.
    package let windowSeconds: Int?
    private let path: ResultPath
    /// The same figure of a window; nil for the whole run.
    let windowPath: WindowPath?

    /// - Throws: `ThresholdError`, with a message of one line for the command line.
    package init(parsing expression: String) throws(ThresholdError) {
        let isOperator = { (character: Character) in "<>=".contains(character) }
        let left = expression.prefix { !isOperator($0) }
        let symbol = expression.dropFirst(left.count).prefix(while: isOperator)
        let right = String(expression.dropFirst(left.count + symbol.count))
        let mark = right.firstRange(of: Self.windowMark)
        let name = String(left).trimmed
        let text = String(right[..<(mark?.lowerBound ?? right.endIndex)]).trimmed
        guard let comparison = ThresholdOperator(rawValue: String(symbol)), !name.isEmpty, !text.isEmpty else {
            throw .malformed(expression)
        }
        guard let path = ResultPath.named(name) else { throw .unknownPath(name, expression: expression) }
        self.expression = expression
        self.comparison = comparison
        self.path = path
        value = try Self.value(text, of: path, named: name, in: expression)
        guard let mark else {
            windowSeconds = nil
            windowPath = nil
            return
        }
        windowSeconds = try Self.windowSeconds(String(right[mark.upperBound...]).trimmed, in: expression)
        guard let windowPath = WindowPath.named(path.name) else { throw .noWindows(name, expression: expression) }
        self.windowPath = windowPath
    }

    /// Whether the figure is a time in nanoseconds.
    package var isDuration: Bool { path.isDuration }

    /// A figure that the result does not have fails. So does a threshold over windows: a result alone has none, and a
    /// run that was shorter than one did not meet it.
    package func evaluate(against result: RunResult) -> ThresholdOutcome {
        if let windowSeconds {
            return ThresholdOutcome(
                expression: expression, value: nil, passed: false, windowNanoseconds: windowSeconds * 1_000_000_000)
        }
        let found = path.read(result)
        return ThresholdOutcome(expression: expression, value: found, passed: isMet(by: found))
    }

    func isMet(by figure: Double?) -> Bool { figure.map { comparison.holds($0, value) } ?? false }

    private static func value(
        _ text: String, of path: ResultPath, named name: String, in expression: String
    ) throws(ThresholdError) -> Double {
        let mayBeBare = !path.isDuration || name == path.name
        if mayBeBare, let number = Double(text), number.isFinite { return number }
        guard path.isDuration else { throw .notANumber(text, expression: expression) }
        return Double(try nanoseconds(text, in: expression))
    }

    private static func windowSeconds(_ text: String, in expression: String) throws(ThresholdError) -> Int {
        let length = try nanoseconds(text, in: expression)
        let seconds = Int(length / 1_000_000_000)
        guard length % 1_000_000_000 == 0, windowSecondsRange.contains(seconds) else {
            throw .badWindow(text, expression: expression)
        }
        return seconds
    }

    private static func nanoseconds(_ text: String, in expression: String) throws(ThresholdError) -> UInt64 {
        do {
            return try DurationArgument(parsing: text).nanoseconds
        } catch {
            throw .notADuration(error, expression: expression)
        }
    }
}
