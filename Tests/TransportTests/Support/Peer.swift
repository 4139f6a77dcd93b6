import CSystem
import Glibc

@testable import Transport

/// The other end of a loop's socket: a plain non-blocking descriptor.
final class Peer {
    enum End: Equatable {
        case endOfStream
        case failed(code: Int32)
    }

    private(set) var descriptor: Int32
    private(set) var received: [UInt8] = []
    private(set) var end: End?

    /// - Parameter receiveBufferBytes: a small one makes the loop's sends stop early.
    init(connectingTo address: SocketAddress, receiveBufferBytes: Int32? = nil) throws {
        descriptor = socket(address.family, system_socket_stream, 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        if var bytes = receiveBufferBytes {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
        }
        StreamSocket.setNoDelay(descriptor)
        // The backlog takes the connection: this does not wait for the loop to accept it.
        guard address.withPointer({ Glibc.connect(descriptor, $0, $1) }) == 0 else {
            throw SystemError("connect")
        }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close() }

    /// Sends as much as fits; returns how much that was.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Int {
        max(0, Glibc.send(descriptor, bytes, bytes.count, system_message_no_signal))
    }

    /// Takes what has come in by now.
    func drain() {
        guard end == nil else { return }
        withUnsafeTemporaryAllocation(byteCount: 1 << 17, alignment: 16) { buffer in
            while true {
                let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
                if count > 0 {
                    received.append(contentsOf: buffer[..<count])
                } else if count == 0 {
                    end = .endOfStream
                    return
                } else {
                    if errno != EAGAIN { end = .failed(code: errno) }
                    return
                }
            }
        }
    }

    /// Takes what has come in; whether the stream has ended.
    func hasEnded() -> Bool {
        drain()
        return end != nil
    }

    func finishWriting() { shutdown(descriptor, system_shutdown_write) }

    /// Closes with RST.
    func reset() {
        system_reset_on_close(descriptor)
        close()
    }

    func close() {
        guard descriptor >= 0 else { return }
        Glibc.close(descriptor)
        descriptor = -1
    }
}
