/// The waves of a reconnect storm in the order in which they come.
///
/// Pure; times are nanoseconds since the measured part began.
struct StormPlan {
    /// The next one last.
    private var waves: [StormWave]

    init(_ waves: [StormWave]) { self.waves = waves.sorted { $0.atNanoseconds > $1.atNanoseconds } }

    /// Nil where no more waves come.
    var nextNanoseconds: UInt64? { waves.last?.atNanoseconds }

    /// The next wave, which is then dealt with.
    mutating func take() -> StormWave? { waves.popLast() }
}
