import Recording

/// How long the loop kept waiting what came while it was busy with something else.
///
/// Asked at every millisecond of the measured part: something that came right then, how long would it have waited
/// until the turn under way was over and the loop looked again? So a stall of a second counts as a thousand waits from a second
/// down to nothing, and not as one long turn among a hundred thousand short ones, which a percentile would not see
/// (coordinated omission). While the loop sleeps until it is needed the wait is nothing. A loop that sleeps past a
/// timer's time is without a core: it is taken as busy from that time on.
///
/// Pure: times are arguments, in nanoseconds since one common start. Loop's thread only. A comparison a turn and an
/// increment a millisecond.
struct LoopLag: ~Copyable {
    static let probeNanoseconds: UInt64 = 1_000_000

    let histogram = LatencyHistogram()
    /// The next moment to ask about; without end before the measured part.
    private var nextProbe = UInt64.max
    private var endNanoseconds = UInt64.max
    /// When the earliest of the timers that fired in this turn was to fire.
    private var earliestDue = UInt64.max

    /// The part that counts begins, and ends before `untilNanoseconds`.
    mutating func begin(atNanoseconds now: UInt64, untilNanoseconds end: UInt64) {
        nextProbe = now
        endNanoseconds = end
        earliestDue = .max
    }

    /// A timer fires that was to fire then.
    mutating func timerWasDue(atNanoseconds due: UInt64) { earliestDue = min(earliestDue, due) }

    /// The loop is about to look for events again.
    mutating func turnEnded(beganNanoseconds: UInt64, nowNanoseconds now: UInt64) {
        let busySince = min(beganNanoseconds, earliestDue)
        earliestDue = .max
        let end = min(now, endNanoseconds)
        while nextProbe < end {
            histogram.record(nextProbe < busySince ? 0 : now - nextProbe)
            nextProbe += Self.probeNanoseconds
        }
    }
}
