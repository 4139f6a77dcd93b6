import CSystem
import Glibc

/// The system calls on TCP descriptors that both drivers make alike, and two questions to the kernel about ports.
///
/// Descriptors are plain `Int32` here; their owner is the slot of the loop that holds them.
package enum StreamSocket {
    /// A port of the loopback interface that nobody listens on at this moment.
    package static func freePort() throws -> UInt16 {
        let descriptor = try listen(on: SocketAddress.resolve(host: "127.0.0.1", port: 0), backlog: 1)
        defer { close(descriptor) }
        return SocketAddress.of(descriptor: descriptor, isPeer: false).port
    }

    /// Whether somebody takes connections there. Waits for the answer: for addresses of this machine.
    package static func accepts(_ address: SocketAddress) -> Bool {
        let descriptor = socket(address.family, system_socket_stream | system_socket_cloexec, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return address.withPointer { Glibc.connect(descriptor, $0, $1) } == 0
    }

    /// Opens a listening socket; IPv6 addresses also take IPv4 clients.
    static func listen(on address: SocketAddress, backlog: Int32) throws(SystemError) -> Int32 {
        let descriptor = try open(family: address.family)
        setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if address.family == AF_INET6 { setOption(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
        let place = address.host.contains(":") ? "[\(address.host)]:\(address.port)" : "\(address.host):\(address.port)"
        guard address.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
            throw failure(descriptor, "cannot listen on \(place)")
        }
        guard Glibc.listen(descriptor, backlog) == 0 else {
            throw failure(descriptor, "cannot listen on \(place)")
        }
        return descriptor
    }

    /// Begins a connection; it is made, or has failed, once the descriptor is writable.
    static func connect(
        to address: SocketAddress, from source: SocketAddress?
    ) throws(SystemError) -> Int32 {
        let descriptor = try open(family: address.family)
        setNoDelay(descriptor)
        if let source {
            // The port is chosen when it is known whom it is for, so that it may serve toward others as well (ip(7)).
            setOption(descriptor, Int32(IPPROTO_IP), system_ip_bind_address_no_port, 1)
            guard source.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
                throw failure(descriptor, "bind \(source.host)")
            }
        }
        let status = address.withPointer { Glibc.connect(descriptor, $0, $1) }
        guard status == 0 || errno == EINPROGRESS else { throw failure(descriptor, "connect") }
        return descriptor
    }

    /// Small frames must not wait for the acknowledgement of earlier ones (RFC 896 off).
    static func setNoDelay(_ descriptor: Int32) {
        setOption(descriptor, system_ipproto_tcp, system_tcp_nodelay, 1)
    }

    /// Bounds what the kernel holds of our sends beyond what it has sent (`TCP_NOTSENT_LOWAT`, tcp(7)): a peer that does not
    /// read costs that much and what is on its way, not the 4 MiB that a send buffer grows to.
    static func setUnsentLimit(_ descriptor: Int32, bytes: Int32) {
        setOption(descriptor, system_ipproto_tcp, system_tcp_notsent_lowat, bytes)
    }

    private static func open(family: Int32) throws(SystemError) -> Int32 {
        let descriptor = socket(family, system_socket_stream | system_socket_flags, 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        return descriptor
    }

    private static func setOption(_ descriptor: Int32, _ level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func failure(_ descriptor: Int32, _ call: String) -> SystemError {
        let error = SystemError(call)
        close(descriptor)
        return error
    }
}
