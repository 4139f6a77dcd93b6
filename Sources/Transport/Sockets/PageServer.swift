import CSystem
import Glibc
import Recording
import WebSocketWire

/// A small HTTP/1.1 server on 127.0.0.1 for what little another program asks now and then, as a monitoring system does.
///
/// One request a connection, one connection after the other, each with a limit on its time, on a thread of its own with
/// plain system calls: it shares nothing with the event loops, so that whoever asks does not disturb what they measure.
/// Bounds: the head of a request and `patienceNanoseconds`; whoever sends less than that in time is left.
///
/// Owner: the thread that made it; `answer` is called on the server's.
package final class PageServer {
    private static let patienceNanoseconds: Int64 = 2_000_000_000
    private static let backlog: Int32 = 16
    private static let limits = HTTPLimits(bodyBytes: 4_096)

    package let port: UInt16
    private let listener: Int32
    private let thread: LoopThread
    private var isStopped = false

    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - answer: to each request, also to those for pages that there are none of.
    /// - Throws: `AddressError`, `SystemError` where the port cannot be had.
    package init(port: UInt16, answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse) throws {
        let listener = try StreamSocket.listen(
            on: SocketAddress.resolve(host: "127.0.0.1", port: port), backlog: Self.backlog)
        self.listener = listener
        self.port = SocketAddress.of(descriptor: listener, isPeer: false).port
        do {
            thread = try LoopThread { PageServer.serve(listener, answer) }
        } catch {
            close(listener)
            throw error
        }
    }

    /// Ends it, within the time that a request may take. Once; calls after the first are without effect.
    package func stop() {
        guard !isStopped else { return }
        isStopped = true
        // Wakes the thread: a listener that was shut down is readable and accepts nobody.
        shutdown(listener, system_shutdown_both)
        thread.join()
        close(listener)
    }

    private static func serve(_ listener: Int32, _ answer: (HTTPRequest) -> HTTPResponse) {
        while true {
            guard isReady(listener, POLLIN, until: nil) else { return }
            let client = system_accept(listener)
            if client >= 0 {
                serve(client: client, answer)
                close(client)
            } else if errno == EINVAL || errno == EBADF {
                return
            } else if errno != EAGAIN, errno != EINTR, errno != ECONNABORTED {
                // Out of descriptors, most likely: the client waits, and so does this thread rather than turn.
                usleep(100_000)
            }
        }
    }

    private static func serve(client: Int32, _ answer: (HTTPRequest) -> HTTPResponse) {
        let deadline = MonotonicInstant.now().advanced(byNanoseconds: patienceNanoseconds)
        let response: [UInt8]
        do throws(HTTPViolation) {
            guard let request = try readRequest(client, until: deadline) else { return }
            response = answer(request).serialized(keepAlive: false, answersHEAD: request.method == "HEAD")
        } catch {
            response = HTTPResponse(status: error.statusCode).serialized(keepAlive: false)
        }
        send(response, to: client, until: deadline)
    }

    /// Nil where the client has gone or takes too long.
    private static func readRequest(
        _ client: Int32, until deadline: MonotonicInstant
    ) throws(HTTPViolation) -> HTTPRequest? {
        var parser = HTTPRequestParser(limits: limits)
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while isReady(client, POLLIN, until: deadline) {
            let count = read(client, &chunk, chunk.count)
            if count < 0, errno == EAGAIN || errno == EINTR { continue }
            guard count > 0 else { return nil }
            let received = Array(chunk[..<count])
            var offset = 0
            let request = try received.span.withUnsafeBytes { bytes throws(HTTPViolation) in
                try parser.next(in: bytes, at: &offset)
            }
            if let request { return request }
        }
        return nil
    }

    private static func send(_ bytes: [UInt8], to client: Int32, until deadline: MonotonicInstant) {
        var sent = 0
        while sent < bytes.count, isReady(client, POLLOUT, until: deadline) {
            let count = bytes.withUnsafeBytes { bytes in
                system_send(client, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, system_message_no_signal)
            }
            if count < 0, errno == EAGAIN || errno == EINTR { continue }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Waits until the descriptor is ready, or has ended; false when the time is over.
    private static func isReady(_ descriptor: Int32, _ event: Int32, until deadline: MonotonicInstant?) -> Bool {
        var poller = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        while true {
            var milliseconds: Int32 = -1
            if let deadline {
                let left = deadline - .now()
                guard left > 0 else { return false }
                milliseconds = Int32(clamping: left / 1_000_000 + 1)
            }
            let ready = poll(&poller, 1, milliseconds)
            if ready > 0 { return true }
            guard ready == 0 || errno == EINTR else { return false }
        }
    }
}
