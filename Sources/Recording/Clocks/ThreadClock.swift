import Glibc

/// What the calling thread has consumed, and what it had to wait for.
package enum ThreadClock {
    /// Nanoseconds of processor time, user and system, that the calling thread has used
    /// (`CLOCK_THREAD_CPUTIME_ID`). Exact to the call; one system call.
    package static func cpuNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.totalNanoseconds
    }

    /// Nanoseconds of processor time of the calling thread, in user space and in the kernel (`RUSAGE_THREAD`).
    ///
    /// Their sum is exact; how it divides is sampled at the kernel's ticks (1 to 10 ms) where the kernel does not count
    /// at each entry: a figure for seconds, not for microseconds. One system call.
    package static func splitCPUNanoseconds() -> (user: UInt64, system: UInt64) {
        var usage = rusage()
        guard getrusage(callingThread, &usage) == 0 else { return (0, 0) }
        return (nanoseconds(usage.ru_utime), nanoseconds(usage.ru_stime))
    }

    /// `RUSAGE_THREAD`, which is hidden from Swift behind _GNU_SOURCE (getrusage(2)).
    private static let callingThread: __rusage_who_t = 1

    private static func nanoseconds(_ time: timeval) -> UInt64 {
        UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_usec) * 1_000
    }

    /// Nanoseconds that the calling thread was ready to run but had no core, or nil where the kernel does not
    /// count it (built without `CONFIG_SCHED_INFO`).
    ///
    /// Reads a file: for once a slice, not once a message.
    package static func runQueueWaitNanoseconds() -> UInt64? {
        ProcFile.text("/proc/thread-self/schedstat").flatMap(runQueueWaitNanoseconds(schedstat:))
    }

    /// The second field of a `schedstat` file: time on the processor, time waiting for one, timeslices.
    static func runQueueWaitNanoseconds(schedstat: String) -> UInt64? {
        let fields = schedstat.split(whereSeparator: \.isWhitespace)
        return fields.count >= 2 ? UInt64(fields[1]) : nil
    }
}
