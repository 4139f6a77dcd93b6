/// How a run is getting on, for those who watch it; about twice a second.
package struct LoadProgress: Sendable {
    package enum Stage: String, Sendable {
        case connecting
        case warmup
        case measuring
        case grace
        /// Between two slices.
        case resting
        case closing
    }

    package var stage: Stage
    package var connected: Int
    package var clients: Int
    /// Of the measured part, so far.
    package var elapsedNanoseconds: UInt64
    package var durationNanoseconds: UInt64
    package var published: UInt64
    package var received: UInt64
    package var outstanding: Int
    package var deliveriesPerSecond: Double
    package var latencyP50Nanoseconds: UInt64
    package var latencyP99Nanoseconds: UInt64
}
