/// The decision to let arriving bytes gather before they are read: what network cards do with their interrupts.
///
/// A read costs about 3.7 µs on loopback, however little it brings, half of it for the acknowledgement that it sends. A
/// generator that reads everything at once is therefore busy long before it has to be. Above `highUtilization` it reads
/// at intervals, at most a millisecond; the schedule of what it sends is kept all the same. The price is stated with the
/// result: a delivery's latency may be too long, never too short, by that interval. Never in a closed loop, where the
/// next message waits for the last.
///
/// Pure: time is an argument.
struct ReceiveModeration {
    private static let levelsNanoseconds: [UInt64] = [0, 250_000, 500_000, 1_000_000]
    private static let highUtilization = 0.75
    /// Below it nothing is gained by waiting: a rate at which little comes together costs the same either way.
    private static let lowUtilization = 0.5
    /// Over which the utilization is averaged.
    static let windowNanoseconds: UInt64 = 10_000_000

    private var level = 0
    /// The highest level of the measured part so far.
    private var peak = 0

    /// How often to read; 0 for at once.
    var intervalNanoseconds: UInt64 { Self.levelsNanoseconds[level] }

    /// The longest interval of the measured part: by so much may a latency be too long.
    var longestIntervalNanoseconds: UInt64 { Self.levelsNanoseconds[peak] }

    /// The interval matters to the result from here on.
    mutating func beginMeasuring() { peak = level }

    /// Takes note of a window's processor time.
    mutating func note(cpuNanoseconds: UInt64, elapsedNanoseconds: UInt64) {
        let utilization = Double(cpuNanoseconds) / Double(max(1, elapsedNanoseconds))
        if utilization > Self.highUtilization {
            level = min(level + 1, Self.levelsNanoseconds.count - 1)
        } else if utilization < Self.lowUtilization {
            level = max(level - 1, 0)
        }
        peak = max(peak, level)
    }
}
