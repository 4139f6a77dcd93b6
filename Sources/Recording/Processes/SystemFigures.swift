import Glibc

/// What the whole machine has used since it started, as of one moment.
package struct SystemFigures: Hashable, Sendable {
    /// Nanoseconds, over all cores, in which the hypervisor ran something else although a core was wanted.
    package var stealNanoseconds: UInt64
    /// Nanoseconds over all cores and states: idle and steal included, so that a share of it can be given.
    package var totalCPUNanoseconds: UInt64
    /// Memory that the kernel holds for TCP sockets, in bytes; nil where it does not say.
    package var tcpMemoryBytes: UInt64?

    /// The figures now, or nil where `/proc/stat` cannot be read.
    package static func current() -> Self? {
        guard let stat = ProcFile.text("/proc/stat") else { return nil }
        return Self(
            stat: stat, sockstat: ProcFile.text("/proc/net/sockstat") ?? "",
            ticksPerSecond: UInt64(sysconf(Int32(_SC_CLK_TCK))),
            pageBytes: UInt64(sysconf(Int32(_SC_PAGESIZE))))
    }

    /// Nanoseconds in which the hypervisor ran something else although one of these cores was wanted; nil where
    /// `/proc/stat` does not say.
    ///
    /// - Parameter cores: by number; all of the machine's when there are none.
    package static func stealNanoseconds(ofCores cores: [Int]) -> UInt64? {
        ProcFile.text("/proc/stat").flatMap { stat in
            stealNanoseconds(ofCores: cores, stat: stat, ticksPerSecond: UInt64(sysconf(Int32(_SC_CLK_TCK))))
        }
    }

    /// The same from the text of `/proc/stat`.
    package static func stealNanoseconds(ofCores cores: [Int], stat: String, ticksPerSecond: UInt64) -> UInt64? {
        guard ticksPerSecond > 0 else { return nil }
        var ticks: UInt64 = 0
        for name in cores.isEmpty ? ["cpu"] : Set(cores).map({ "cpu\($0)" }) {
            guard let core = Self.ticks(ofLine: name, in: stat) else { return nil }
            ticks &+= core[stealIndex]
        }
        return ticks &* (1_000_000_000 / ticksPerSecond)
    }

    /// From the text of `/proc/stat` and `/proc/net/sockstat`; nil when the first does not hold the line of
    /// all cores with its steal time (proc_stat(5), Linux 2.6.11 and later).
    ///
    package init?(stat: String, sockstat: String, ticksPerSecond: UInt64, pageBytes: UInt64) {
        guard ticksPerSecond > 0, let ticks = Self.ticks(ofLine: "cpu", in: stat) else { return nil }
        let tickNanoseconds = 1_000_000_000 / ticksPerSecond
        stealNanoseconds = ticks[Self.stealIndex] &* tickNanoseconds
        totalCPUNanoseconds = ticks.reduce(0, &+) &* tickNanoseconds
        tcpMemoryBytes = Self.tcpMemoryPages(sockstat: sockstat).map { $0 &* pageBytes }
    }

    private static let stealIndex = 7

    /// Ticks of a core, or of all: user, nice, system, idle, iowait, irq, softirq, steal; the guest times that follow
    /// are in user and nice already.
    private static func ticks(ofLine name: String, in stat: String) -> [UInt64]? {
        guard let line = fields(ofLine: name, in: stat) else { return nil }
        let ticks = line.prefix(stealIndex + 1).compactMap { UInt64($0) }
        return ticks.count == stealIndex + 1 ? ticks : nil
    }

    /// The figure after the word `mem` in the line `TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 49`.
    private static func tcpMemoryPages(sockstat: String) -> UInt64? {
        guard let line = fields(ofLine: "TCP:", in: sockstat), let word = line.firstIndex(of: "mem") else {
            return nil
        }
        let index = line.index(after: word)
        return index < line.endIndex ? UInt64(line[index]) : nil
    }

    private static func fields(ofLine name: String, in text: String) -> ArraySlice<Substring>? {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            if let first = fields.first, first == name { return fields.dropFirst() }
        }
        return nil
    }
}
