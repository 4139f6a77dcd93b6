import Glibc

/// IPv6 on this machine.
enum Version6 {
    /// Whether a server can be reached through `::1`.
    static let isAvailable: Bool = {
        guard access("/proc/net/if_inet6", R_OK) == 0, let server = try? TestServer("--host", "::1") else {
            return false
        }
        return (try? RawSocket(port: server.port, .version6)) != nil
    }()
}
