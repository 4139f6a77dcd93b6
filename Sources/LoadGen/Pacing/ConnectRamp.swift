/// The decision how many connections may be started now: at a steady rate, and never too many handshakes at
/// once.
///
/// A value without state: what has been started and what is pending are arguments.
package struct ConnectRamp: Sendable {
    /// Handshakes under way at a time, unless told otherwise: far below any listen queue
    /// (`net.core.somaxconn` is 4,096), so that the ramp itself does not cause refused connections.
    package static let defaultMaximumPending = 256

    /// Nil where only the pending handshakes bound the ramp.
    private let pacer: ConstantPacer?
    private let maximumPending: Int

    /// - Parameters:
    ///   - connectRatePerSecond: new connections a second, within `ConstantPacer.allowedRatesPerSecond`; nil:
    ///     no bound.
    ///   - maximumPending: handshakes under way at a time, at least 1.
    package init(connectRatePerSecond: Double?, maximumPending: Int = defaultMaximumPending) {
        precondition(maximumPending >= 1, "without a pending handshake nothing ever connects")
        self.pacer = connectRatePerSecond.map(ConstantPacer.init(ratePerSecond:))
        self.maximumPending = maximumPending
    }

    /// How many connections may be started now, 0 or more.
    ///
    /// - Parameters:
    ///   - elapsedNanoseconds: since the ramp's start.
    ///   - started: connections started so far, whatever became of them.
    ///   - pending: those of them that are neither upgraded nor failed.
    ///   - total: connections wanted in the end.
    package func allowance(elapsedNanoseconds: UInt64, started: Int, pending: Int, total: Int) -> Int {
        var allowance = min(total - started, maximumPending - pending)
        if let pacer {
            allowance = min(allowance, Int(clamping: pacer.due(atNanoseconds: elapsedNanoseconds)) - started)
        }
        return max(0, allowance)
    }

    /// When the next connection falls due by the rate alone, in nanoseconds since the ramp's start; 0 without
    /// a rate.
    package func nextNanoseconds(started: Int) -> UInt64 {
        pacer?.intendedNanoseconds(of: UInt64(started)) ?? 0
    }
}
