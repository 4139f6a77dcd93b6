/// A duration as given on the command line: a number with its unit, as in `250ms`, `1.5s` or `2m`.
///
/// The unit is never assumed, since tools disagree on whether a bare number is seconds or milliseconds.
package struct DurationArgument: Hashable, Sendable {
    package let nanoseconds: UInt64

    /// - Throws: `DurationArgumentError` for anything but a decimal number ≥ 0, directly followed by one of
    ///   `ns us µs ms s m`, of at most 584 years; fractions of a nanosecond are rounded.
    package init(parsing text: String) throws(DurationArgumentError) {
        let number = text.prefix { $0 == "." || ($0.isASCII && $0.isNumber) }
        guard let scale = Self.nanosecondsPerUnit[String(text.dropFirst(number.count))],
            let value = Double(number), let nanoseconds = UInt64(exactly: (value * scale).rounded())
        else { throw DurationArgumentError(text: text) }
        self.nanoseconds = nanoseconds
    }

    /// The micro sign and the Greek letter look the same and are both in use.
    private static let nanosecondsPerUnit: [String: Double] = [
        "ns": 1, "us": 1e3, "\u{b5}s": 1e3, "\u{3bc}s": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9,
    ]
}
