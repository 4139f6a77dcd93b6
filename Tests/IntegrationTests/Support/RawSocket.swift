import CSystem
import Glibc
import Recording
import Transport

/// A blocking TCP connection that sends whatever it is told, with a limit on every wait.
final class RawSocket {
    enum End: Equatable {
        case closed
        case reset
        case timedOut
    }

    enum Loopback {
        case version4
        case version6
    }

    let descriptor: Int32
    private var isOpen = true
    private(set) var received: [UInt8] = []
    /// What the other end has done, where it has been read.
    private(set) var end: End?

    /// - Parameters:
    ///   - receiveBufferBytes: a small one makes the other end wait early; the kernel doubles it.
    ///   - sendBufferBytes: likewise for what is sent.
    init(
        port: UInt16, _ loopback: Loopback = .version4, receiveBufferBytes: Int32? = nil, sendBufferBytes: Int32? = nil
    ) throws(SystemError) {
        descriptor = socket(loopback == .version4 ? AF_INET : AF_INET6, system_socket_stream, 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        if let receiveBufferBytes { Self.set(SO_RCVBUF, receiveBufferBytes, of: descriptor) }
        if let sendBufferBytes { Self.set(SO_SNDBUF, sendBufferBytes, of: descriptor) }
        let status =
            loopback == .version4
            ? Self.connectVersion4(descriptor, port: port) : Self.connectVersion6(descriptor, port: port)
        // All properties have their values: `deinit` closes it.
        guard status == 0 else { throw SystemError("connect") }
    }

    deinit { disconnect() }

    private static func set(_ option: Int32, _ value: Int32, of descriptor: Int32) {
        var value = value
        setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func connectVersion4(_ descriptor: Int32, port: UInt16) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func connectVersion6(_ descriptor: Int32, port: UInt16) -> Int32 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        guard inet_pton(AF_INET6, "::1", &address.sin6_addr) == 1 else { return -1 }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
    }

    /// Takes over a connection that was accepted, and blocks.
    init(accepted descriptor: Int32) { self.descriptor = descriptor }

    /// Closes it, as far as that has not happened.
    func disconnect() {
        guard isOpen else { return }
        isOpen = false
        Glibc.close(descriptor)
    }

    /// Ends the connection with a reset, as a peer that crashed.
    func reset() {
        guard isOpen else { return }
        system_reset_on_close(descriptor)
        disconnect()
    }

    /// Every `send` goes out at once, so that what is sent in pieces may arrive in pieces (TCP_NODELAY).
    func sendWithoutDelay() {
        var isOn: Int32 = 1
        setsockopt(
            descriptor, system_ipproto_tcp, system_tcp_nodelay, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Sends all of it, unless the other end has gone, which shows in what is received.
    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, system_message_no_signal)
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends what the kernel takes without waiting.
    ///
    /// - Returns: how many bytes those were; 0 where it is full, or the other end has gone.
    func offer(_ bytes: ArraySlice<UInt8>) -> Int {
        let flags = system_message_no_signal | system_message_dont_wait
        return max(0, bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) })
    }

    /// Reads what has come, once and without waiting, and past `received`.
    ///
    /// - Returns: how many bytes those were; 0 where nothing has come, or `end` says that nothing will.
    func take(into place: UnsafeMutableRawBufferPointer) -> Int {
        guard end == nil else { return 0 }
        let count = Glibc.recv(descriptor, place.baseAddress, place.count, system_message_dont_wait)
        guard count <= 0 else { return count }
        if count == 0 {
            end = .closed
        } else if errno != EAGAIN && errno != EINTR {
            end = .reset
        }
        return 0
    }

    func finishWriting() { shutdown(descriptor, system_shutdown_write) }

    /// Takes in more until the condition holds or there is no more to come.
    @discardableResult
    func receive(within seconds: Double = 20, until condition: ([UInt8]) -> Bool) -> End? {
        let began = MonotonicInstant.now()
        while !condition(received), end == nil {
            guard Double(MonotonicInstant.now() - began) < seconds * 1e9 else { return .timedOut }
            receiveMore()
        }
        return end
    }

    /// Everything until the other end is done.
    @discardableResult
    func receiveAll(within seconds: Double = 20) -> End {
        receive(within: seconds) { _ in false } ?? .timedOut
    }

    var receivedText: String { String(decoding: received, as: UTF8.self) }

    func drop(_ count: Int) { received.removeFirst(count) }

    private func receiveMore() {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&poller, 1, 50) > 0 else { return }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &chunk, chunk.count)
        if count > 0 {
            received.append(contentsOf: chunk[..<count])
        } else if count == 0 {
            end = .closed
        } else if errno != EINTR {
            end = .reset
        }
    }
}
