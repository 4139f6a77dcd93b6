/// What the threads of a process and its descendants have run so far and waited for a core, thread by thread, and what the
/// kernel's own threads for received packets have run beside them.
///
/// For the difference over a slice after which they sleep: `schedstat` of a running thread is up to 4 ms old.
package struct SchedulingFigures: Sendable {
    /// A thread that ran for less than this share of all of them did not compete with the others.
    private static let activeShare = 0.01

    struct Thread: Sendable, Equatable {
        var cpuNanoseconds: UInt64
        var waitNanoseconds: UInt64
    }

    /// Those that there were: the process and its living descendants.
    package let processes: [Int32]
    let threads: [Int32: Thread]
    /// Of `ksoftirqd` on the cores asked for.
    let softirqNanoseconds: UInt64

    init(processes: [Int32] = [], threads: [Int32: Thread], softirqNanoseconds: UInt64) {
        self.processes = processes
        self.threads = threads
        self.softirqNanoseconds = softirqNanoseconds
    }

    /// - Parameter softirqThreads: those of the server's cores, from `softirqThreads(on:)`.
    package init(_ process: ProcessFigures, softirqThreads: [Int32]) {
        var threads: [Int32: Thread] = [:]
        processes = process.processes()
        for pid in processes {
            for thread in ProcFile.numbers("/proc/\(pid)/task") ?? [] {
                threads[thread] = Self.read("/proc/\(pid)/task/\(thread)/schedstat")
            }
        }
        self.threads = threads
        softirqNanoseconds = softirqThreads.reduce(0) {
            $0 &+ (Self.read("/proc/\($1)/schedstat")?.cpuNanoseconds ?? 0)
        }
    }

    /// The kernel's threads that take received packets on these cores where nobody else gets to it (`ksoftirqd/N`).
    package static func softirqThreads(on cores: [Int]) -> [Int32] {
        let names = Set(cores.map { "ksoftirqd/\($0)\n" })
        return (ProcFile.numbers("/proc") ?? []).filter { names.contains(ProcFile.text("/proc/\($0)/comm") ?? "") }
    }

    /// What `ksoftirqd` ran since an earlier reading: work that is done for the server and charged to nobody.
    package func softirqNanoseconds(since earlier: SchedulingFigures) -> UInt64 {
        softirqNanoseconds &- min(earlier.softirqNanoseconds, softirqNanoseconds)
    }

    /// How long the threads waited since an earlier reading for something else than one another and `ksoftirqd`, at least:
    /// while k of them compete for a core, up to k - 1 times what they run is waiting of their own making.
    package func waitForOthersNanoseconds(since earlier: SchedulingFigures) -> UInt64 {
        var ran: [UInt64] = []
        var waited: UInt64 = 0
        for (id, thread) in threads {
            let before = earlier.threads[id] ?? Thread(cpuNanoseconds: 0, waitNanoseconds: 0)
            ran.append(thread.cpuNanoseconds &- min(before.cpuNanoseconds, thread.cpuNanoseconds))
            waited &+= thread.waitNanoseconds &- min(before.waitNanoseconds, thread.waitNanoseconds)
        }
        let total = ran.reduce(0, &+)
        let active = ran.count { Double($0) > Double(total) * Self.activeShare }
        let ownMaking = UInt64(max(0, active - 1)) &* total &+ softirqNanoseconds(since: earlier)
        return waited - min(waited, ownMaking)
    }

    /// The first two fields of a `schedstat` file: time on the processor, time waiting for one.
    private static func read(_ path: String) -> Thread? {
        guard let fields = ProcFile.text(path)?.split(whereSeparator: \.isWhitespace), fields.count >= 2,
            let cpu = UInt64(fields[0]), let wait = UInt64(fields[1])
        else { return nil }
        return Thread(cpuNanoseconds: cpu, waitNanoseconds: wait)
    }
}
