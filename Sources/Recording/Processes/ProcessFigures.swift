import Glibc

/// What a process and its living descendants use, found by process id.
///
/// Every figure is the sum over the process and all children of its threads, theirs included: a server that
/// forks workers is counted whole. It is nil when the process itself is gone (or not ours to look at); a
/// descendant that ends meanwhile just no longer counts. The kernel may give the id to another process once
/// the first has been waited for: who holds on to the figures of a child waits for it last.
///
/// Each call walks `/proc/PID/task/*/children`, some 10 µs a thread: for once a slice, not once a message.
package struct ProcessFigures: Sendable {
    package let pid: Int32

    package init(pid: Int32) {
        self.pid = pid
    }

    /// Nanoseconds of processor time, user and system, ended threads included; exact also for threads that
    /// run now, which the files in `/proc` are not. Ended descendants take their time with them.
    package func cpuNanoseconds() -> UInt64? { total(Self.cpuNanoseconds(ofOne:)) }

    /// The same for processes found before, in two system calls for each; those that are gone count for nothing.
    package static func cpuNanoseconds(of pids: [Int32]) -> UInt64 {
        pids.reduce(0) { $0 &+ (cpuNanoseconds(ofOne: $1) ?? 0) }
    }

    private static func cpuNanoseconds(ofOne pid: Int32) -> UInt64? {
        var clock = clockid_t()
        var time = timespec()
        guard possiblePids.contains(pid), clock_getcpuclockid(pid, &clock) == 0, clock_gettime(clock, &time) == 0 else {
            return nil
        }
        return time.totalNanoseconds
    }

    /// The same time divided into user space and kernel.
    ///
    /// Only the sum is exact: how it divides is what `/proc/PID/stat` says, in ticks of 10 ms and as the kernel has
    /// sampled or counted it. A figure for seconds.
    package func splitCPUNanoseconds() -> (user: UInt64, system: UInt64)? {
        guard let sum = cpuNanoseconds(),
            let user = total({ ProcFile.text("/proc/\($0)/stat").flatMap(Self.ticks(stat:))?.user }),
            let system = total({ ProcFile.text("/proc/\($0)/stat").flatMap(Self.ticks(stat:))?.system })
        else { return nil }
        guard user + system > 0 else { return (sum, 0) }
        let userPart = UInt64(Double(sum) * Double(user) / Double(user + system))
        return (min(userPart, sum), sum - min(userPart, sum))
    }

    /// The process and its living descendants.
    package func processes() -> [Int32] { [pid] + Self.descendants(of: pid).sorted() }

    /// Bytes in memory. Pages that several processes share count once for each.
    package func residentBytes() -> UInt64? {
        let pageBytes = UInt64(sysconf(Int32(_SC_PAGESIZE)))
        return total { pid in
            ProcFile.text("/proc/\(pid)/statm").flatMap(Self.residentPages(statm:)).map { $0 &* pageBytes }
        }
    }

    package func descriptorCount() -> Int? {
        total { pid in ProcFile.numbers("/proc/\(pid)/fd").map { UInt64($0.count) } }.map {
            Int(clamping: $0)
        }
    }

    package func threadCount() -> Int? {
        total { pid in ProcFile.numbers("/proc/\(pid)/task").map { UInt64($0.count) } }.map {
            Int(clamping: $0)
        }
    }

    /// Fields 14 and 15 of a `stat` file; the name in field 2 may itself contain spaces and parentheses.
    static func ticks(stat: String) -> (user: UInt64, system: UInt64)? {
        guard let name = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: name)...].split(whereSeparator: \.isWhitespace)
        guard fields.count > 12, let user = UInt64(fields[11]), let system = UInt64(fields[12]) else { return nil }
        return (user, system)
    }

    /// The second field of a `statm` file, in pages.
    static func residentPages(statm: String) -> UInt64? {
        let fields = statm.split(whereSeparator: \.isWhitespace)
        return fields.count >= 2 ? UInt64(fields[1]) : nil
    }

    /// Linux gives ids below 2^22 (`PID_MAX_LIMIT`). Others must not reach `clock_getcpuclockid`, which takes
    /// 0 for the caller and lets large ones overflow into the ids of other clocks.
    private static let possiblePids: Range<Int32> = 1..<(1 << 22)

    private func total(_ figure: (Int32) -> UInt64?) -> UInt64? {
        guard Self.possiblePids.contains(pid), let own = figure(pid) else { return nil }
        return Self.descendants(of: pid).reduce(own) { $0 &+ (figure($1) ?? 0) }
    }

    static func descendants(of pid: Int32) -> Set<Int32> {
        var found: Set<Int32> = []
        var pending = [pid]
        while let parent = pending.popLast() {
            for thread in ProcFile.numbers("/proc/\(parent)/task") ?? [] {
                let children = ProcFile.text("/proc/\(parent)/task/\(thread)/children") ?? ""
                for child in children.split(separator: " ").compactMap({ Int32($0) })
                where found.insert(child).inserted {
                    pending.append(child)
                }
            }
        }
        return found
    }
}
