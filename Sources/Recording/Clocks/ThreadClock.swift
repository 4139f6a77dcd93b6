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
