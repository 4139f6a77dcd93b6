/// How often something may happen: a rate, and how much of it at once.
///
/// The rate is kept as an exact fraction, so that no error accumulates, however long a server runs. Given rates are
/// rounded to a millionth of a message a second first, which decimal numbers on a command line mean.
package struct RateLimit: Equatable, Sendable {
    package static let allowedMessagesPerSecond: ClosedRange<Double> = 0.001...1_000_000_000

    /// A million seconds.
    private static let periodNanoseconds: UInt64 = 1_000_000_000_000_000

    /// A nanosecond has this many parts: as many as there are messages in a period. At most 10^15.
    let partsPerNanosecond: UInt64
    /// Between two messages at the rate; whole nanoseconds, and below.
    let gapNanoseconds: UInt64
    /// What there is of the gap over whole nanoseconds, in parts of one.
    let gapParts: UInt64
    /// How long the bucket takes to fill when it is empty: a second, or the gap where that is longer.
    let burstNanoseconds: UInt64
    let burstParts: UInt64

    var messagesPerSecond: Double { Double(partsPerNanosecond) / 1e6 }

    /// The rate as people write it.
    var text: String { Int(exactly: messagesPerSecond).map { "\($0)" } ?? "\(messagesPerSecond)" }

    /// - Parameters:
    ///   - messagesPerSecond: within `allowedMessagesPerSecond`; anything else is a programmer error.
    ///   - allowsBursts: whether those of one second may come at once; at least one always may. Otherwise each
    ///     keeps its distance from the one before, and no second has more than the rate.
    package init(messagesPerSecond: Double, allowsBursts: Bool = true) {
        precondition(Self.allowedMessagesPerSecond.contains(messagesPerSecond), "rate out of range")
        partsPerNanosecond = UInt64((messagesPerSecond * 1e6).rounded())
        let gap = Self.periodNanoseconds.quotientAndRemainder(dividingBy: partsPerNanosecond)
        gapNanoseconds = gap.quotient
        gapParts = gap.remainder
        let isSecondLonger = allowsBursts && gap.quotient < 1_000_000_000
        burstNanoseconds = isSecondLonger ? 1_000_000_000 : gap.quotient
        burstParts = isSecondLonger ? 0 : gap.remainder
    }
}
