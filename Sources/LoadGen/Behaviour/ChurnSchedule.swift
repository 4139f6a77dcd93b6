/// When single clients leave: at a steady rate, the first at once.
///
/// Pure; times are nanoseconds since the measured part began, so that `R` departures a second over `D` seconds are
/// `R × D` of them.
struct ChurnSchedule {
    private let pacer: ConstantPacer
    private var takenCount: UInt64 = 0

    /// - Parameter ratePerSecond: within `ConstantPacer.allowedRatesPerSecond`.
    init(ratePerSecond: Double) { pacer = ConstantPacer(ratePerSecond: ratePerSecond) }

    var nextNanoseconds: UInt64 { pacer.intendedNanoseconds(of: takenCount) }

    /// The next departure is dealt with, whether there was a client for it or not.
    mutating func take() { takenCount += 1 }
}
