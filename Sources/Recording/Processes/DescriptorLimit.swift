import Glibc

/// How many descriptors this process may have open: the bound on its connections (`RLIMIT_NOFILE`).
package enum DescriptorLimit {
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    /// The limit that holds now.
    package static func current() -> Int {
        Int(clamping: limits().rlim_cur)
    }

    /// Raises the limit as far as the system lets this process, and returns what holds then.
    @discardableResult
    package static func raise() -> Int {
        var limits = limits()
        limits.rlim_cur = limits.rlim_max
        setrlimit(resource, &limits)
        return current()
    }

    private static func limits() -> rlimit {
        var limits = rlimit()
        getrlimit(resource, &limits)
        return limits
    }
}
