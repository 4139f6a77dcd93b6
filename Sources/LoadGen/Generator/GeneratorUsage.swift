import Recording

/// What the generator's thread has used up to some moment; two of them make the figures of what lies between.
struct GeneratorUsage {
    let at: MonotonicInstant
    let cpuNanoseconds: UInt64
    let runQueueWaitNanoseconds: UInt64
    let stealNanoseconds: UInt64
    let serverCPUNanoseconds: UInt64?

    /// On the generator's thread.
    static func now(server: ProcessFigures?) -> GeneratorUsage {
        GeneratorUsage(
            at: .now(), cpuNanoseconds: ThreadClock.cpuNanoseconds(),
            runQueueWaitNanoseconds: ThreadClock.runQueueWaitNanoseconds() ?? 0,
            stealNanoseconds: SystemFigures.current()?.stealNanoseconds ?? 0,
            serverCPUNanoseconds: server?.cpuNanoseconds())
    }

    /// As `now`, but for what takes longer to find out than may be taken in the middle of a run: steal and the server's
    /// figure are those of an earlier reading.
    static func ofThread(since earlier: GeneratorUsage) -> GeneratorUsage {
        GeneratorUsage(
            at: .now(), cpuNanoseconds: ThreadClock.cpuNanoseconds(),
            runQueueWaitNanoseconds: ThreadClock.runQueueWaitNanoseconds() ?? 0,
            stealNanoseconds: earlier.stealNanoseconds, serverCPUNanoseconds: earlier.serverCPUNanoseconds)
    }
}
