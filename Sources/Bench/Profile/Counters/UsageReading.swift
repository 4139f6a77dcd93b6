import Recording
import Server

/// What a server had used at one moment, as far as it can be told.
struct UsageReading {
    let at: MonotonicInstant
    /// Of the process and its descendants; nil where it is not known which it is.
    let cpuNanoseconds: (user: UInt64, system: UInt64)?
    /// Nil where the server is none of ours.
    let loops: [LoopReport]?
}
