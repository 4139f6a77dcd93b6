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

    private let descriptor: Int32
    private(set) var received: [UInt8] = []
    private var end: End?

    init(port: UInt16) throws(SystemError) {
        descriptor = socket(AF_INET, system_socket_stream, 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            let error = SystemError("connect")
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

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
