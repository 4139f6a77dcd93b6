import Glibc

extension MachineDescription {
    /// The machine that this process runs on. What cannot be found out reads `unknown`.
    package static func current(io: String, commit: String?) -> Self {
        Self(
            cpu: ProcFile.text("/proc/cpuinfo").flatMap(modelName(cpuinfo:)) ?? "unknown",
            cores: usableCores,
            kernel: kernelRelease(),
            distribution: ProcFile.text("/etc/os-release").flatMap(distributionName(osRelease:)) ?? "unknown",
            compiler: compilerVersion,
            commit: commit,
            io: io,
            memoryBytes: UInt64(sysconf(Int32(_SC_PHYS_PAGES))) &* UInt64(sysconf(Int32(_SC_PAGESIZE))),
            descriptorLimit: DescriptorLimit.current(),
            loopbackMTU: ProcFile.text("/sys/class/net/lo/mtu").flatMap { Int($0.filter(\.isNumber)) })
    }

    /// The value of `model name` in the text of `/proc/cpuinfo`; the file of other architectures has none.
    static func modelName(cpuinfo: String) -> String? {
        for line in cpuinfo.split(separator: "\n") where line.hasPrefix("model name") {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let name = line[line.index(after: colon)...].drop(while: \.isWhitespace)
            return name.isEmpty ? nil : String(name)
        }
        return nil
    }

    /// The value of `PRETTY_NAME` in the text of `/etc/os-release`, which may stand in quotes (os-release(5)).
    static func distributionName(osRelease: String) -> String? {
        let key = "PRETTY_NAME="
        let line = osRelease.split(separator: "\n").first { $0.hasPrefix(key) }
        return line.map { $0.dropFirst(key.count).filter { $0 != "\"" && $0 != "'" } }
    }

    /// Cores that this program may run on and that are there, as containers and `taskset` leave them. Found out when
    /// first asked for: threads that pin themselves later do not change it. glibc shows Swift no
    /// `sched_getaffinity`, whose answer this is.
    package static let usableCores = findUsableCores()

    private static func findUsableCores() -> Int {
        let allowed = ProcFile.text("/proc/thread-self/status").flatMap(allowedCores(status:))
        let online = ProcFile.text("/sys/devices/system/cpu/online").map(cores(inList:))
        guard let allowed, let online else { return sysconf(Int32(_SC_NPROCESSORS_ONLN)) }
        return allowed.intersection(online).count
    }

    /// Cores that the machine has running, ours to use or not.
    package static let onlineCores = sysconf(Int32(_SC_NPROCESSORS_ONLN))

    /// The affinity in the text of `/proc/PID/status`, which may name cores that the machine could have but has
    /// not.
    static func allowedCores(status: String) -> Set<Int>? {
        let key = "Cpus_allowed_list:"
        let line = status.split(separator: "\n").first { $0.hasPrefix(key) }
        return line.map { cores(inList: $0.dropFirst(key.count)) }
    }

    /// The numbers in the kernel's list format, as in `0-3,8` (cpuset(7)).
    static func cores(inList list: some StringProtocol) -> Set<Int> {
        var cores: Set<Int> = []
        for range in String(list.filter { !$0.isWhitespace }).split(separator: ",") {
            let ends = range.split(separator: "-").compactMap { Int($0) }
            if let first = ends.first, let last = ends.last, first <= last { cores.formUnion(first...last) }
        }
        return cores
    }

    private static func kernelRelease() -> String {
        var names = utsname()
        uname(&names)
        // Both fields are NUL-terminated within their fixed size (uname(2)).
        let system = withUnsafeBytes(of: &names.sysname) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        let release = withUnsafeBytes(of: &names.release) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        return "\(system) \(release)"
    }

    /// The compiler can be asked only whether it is at least some version.
    private static var compilerVersion: String {
        #if compiler(>=6.5)
        "Swift 6.5 or later"
        #elseif compiler(>=6.4)
        "Swift 6.4"
        #elseif compiler(>=6.3.3)
        "Swift 6.3.3 or later"
        #elseif compiler(>=6.3.2)
        "Swift 6.3.2"
        #elseif compiler(>=6.3.1)
        "Swift 6.3.1"
        #else
        "Swift 6.3"
        #endif
    }
}
