import CSystem
import Glibc

/// An IPv4 or IPv6 address with its port, as the kernel takes it.
package struct SocketAddress: Sendable {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// Resolves a name or a literal address; blocks on the resolver, so never on a loop that serves.
    ///
    /// - Throws: `AddressError` saying which name could not be resolved and why.
    package static func resolve(host: String, port: UInt16) throws(AddressError) -> SocketAddress {
        var hints = addrinfo()
        hints.ai_socktype = system_socket_stream
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &list)
        guard status == 0, let list else {
            throw AddressError(host: host, reason: String(cString: gai_strerror(status)))
        }
        defer { freeaddrinfo(list) }
        return SocketAddress(preferred(list).pointee)
    }

    /// IPv4 where a name has both: servers on this machine mostly listen on 127.0.0.1, and `localhost` is also ::1.
    private static func preferred(_ list: UnsafeMutablePointer<addrinfo>) -> UnsafeMutablePointer<addrinfo> {
        for candidate in sequence(first: list, next: { $0.pointee.ai_next })
        where candidate.pointee.ai_family == AF_INET {
            return candidate
        }
        return list
    }

    private init(_ info: addrinfo) {
        length = info.ai_addrlen
        let bytes = UnsafeRawBufferPointer(start: info.ai_addr, count: Int(info.ai_addrlen))
        withUnsafeMutableBytes(of: &storage) { $0.copyMemory(from: bytes) }
    }

    init() {}

    /// The address that a socket is bound to (`isPeer` false) or connected with.
    static func of(descriptor: Int32, isPeer: Bool) -> SocketAddress {
        var address = SocketAddress()
        _ = address.withMutablePointer { pointer, length in
            isPeer ? getpeername(descriptor, pointer, length) : getsockname(descriptor, pointer, length)
        }
        return address
    }

    var family: Int32 { Int32(storage.ss_family) }

    package var port: UInt16 {
        switch family {
        case AF_INET: UInt16(bigEndian: reading(sockaddr_in.self).sin_port)
        case AF_INET6: UInt16(bigEndian: reading(sockaddr_in6.self).sin6_port)
        default: 0
        }
    }

    /// Whether the other end is on this machine.
    package var isLoopback: Bool {
        switch family {
        case AF_INET: UInt32(bigEndian: reading(sockaddr_in.self).sin_addr.s_addr) >> 24 == 127
        case AF_INET6: host == "::1" || host.hasPrefix("::ffff:127.")
        default: false
        }
    }

    /// The numeric address without the port: `127.0.0.1`, `::1`.
    package var host: String {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let status = withPointer { pointer, length in
            getnameinfo(pointer, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        }
        guard status == 0 else { return "unknown" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func withPointer<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        // The kernel reads the family first and then knows which structure this is.
        withUnsafePointer(to: storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    private mutating func withMutablePointer<R>(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> R
    ) -> R {
        withUnsafeMutablePointer(to: &storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
        }
    }

    private func reading<T>(_ type: T.Type) -> T {
        // Every sockaddr type is a prefix of sockaddr_storage.
        withUnsafeBytes(of: storage) { $0.load(as: type) }
    }
}
