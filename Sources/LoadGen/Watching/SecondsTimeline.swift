import Recording

/// Where a loop is in the seconds of the measured part. Loop's thread only.
struct SecondsTimeline {
    /// Whole seconds that have ended.
    private(set) var endedSeconds = 0
    /// The counts when the last of them ended.
    private(set) var totals = LoadTotals()
    /// When the measured part began, in milliseconds since 1970.
    private(set) var beganAtMilliseconds: Int64 = 0
    /// The last second that was complete.
    var latest: IntervalRecord?
    var generator: GeneratorProgress?
    /// When the last look at the processor's clock was, and what it read.
    var processor: (at: MonotonicInstant, cpuNanoseconds: UInt64)?
    /// At the last report, for the rates since.
    var reported: (totals: LoadTotals, atNanoseconds: UInt64) = (LoadTotals(), 0)

    mutating func begin(atMilliseconds milliseconds: Int64) { beganAtMilliseconds = milliseconds }

    mutating func endSecond(_ totals: LoadTotals) {
        endedSeconds += 1
        self.totals = totals
    }

    /// When the present second began, in milliseconds since 1970.
    var startedAtMilliseconds: Int64 { beganAtMilliseconds + Int64(endedSeconds) * 1_000 }
}
