/// The wait before a dropped client connects again: 1 s, doubled with each attempt that fails, at most 30 s.
///
/// The delays are those of "Reconnection Strategy" in the specification of the message flow. Jitter, which
/// the specification does not have, only ever shortens a delay, so that its bounds hold with jitter as well.
package struct Backoff: Sendable {
    package static let initialDelayNanoseconds: UInt64 = 1_000_000_000
    package static let maximumDelayNanoseconds: UInt64 = 30_000_000_000

    /// The largest part of a delay that chance may take off, 0...1.
    private let jitterFraction: Double

    /// - Parameter jitterFraction: 0 (the specification's delays) ... 1 (anywhere from none to the whole
    ///   delay).
    package init(jitterFraction: Double = 0) {
        precondition((0...1).contains(jitterFraction), "jitter is a fraction")
        self.jitterFraction = jitterFraction
    }

    /// The delay before an attempt to reconnect.
    ///
    /// - Parameters:
    ///   - attempt: attempts made since the connection was last open, 0 or more.
    ///   - random: a number drawn evenly from 0..<1; without effect where there is no jitter.
    package func delayNanoseconds(attempt: Int, random: Double) -> UInt64 {
        precondition(attempt >= 0 && (0...1).contains(random), "attempt or random number out of range")
        // A smart shift past the width would give 0 and not the maximum; 5 doublings already exceed it.
        let doublings = min(attempt, 5)
        let delay = min(Self.initialDelayNanoseconds << doublings, Self.maximumDelayNanoseconds)
        return delay - UInt64(Double(delay) * jitterFraction * random)
    }
}
