import CSystem
import Glibc
import Transport

/// A TCP server on a free port of this machine that accepts one connection after the other.
final class RawListener {
    /// Connections that wait to be accepted: more than a load generator begins at a time.
    private static let backlog: Int32 = 1024

    let descriptor: Int32
    let port: UInt16

    init() throws(SystemError) {
        let listener = socket(AF_INET, system_socket_stream, 0)
        guard listener >= 0 else { throw SystemError("socket") }
        _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var addressBytes = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int32 in
                guard bind(listener, address, addressBytes) == 0 else { return -1 }
                guard listen(listener, RawListener.backlog) == 0 else { return -1 }
                return getsockname(listener, address, &addressBytes)
            }
        }
        guard status == 0 else {
            let error = SystemError("listen")
            close(listener)
            throw error
        }
        descriptor = listener
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }

    /// The next connection, or nil where none comes.
    func next(within seconds: Double = 20) -> RawSocket? {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard Deadline.reaches(within: seconds, { poll(&poller, 1, 50) > 0 }) else { return nil }
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return nil }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        return RawSocket(accepted: connection)
    }
}
