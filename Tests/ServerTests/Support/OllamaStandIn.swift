import Glibc
import Synchronization
import Transport
import WebSocketWire

/// A small HTTP server that answers as Ollama does, or as badly as a test wants it to. On threads of its own, which
/// `stop` ends.
///
/// `@unchecked Sendable`: what its threads share is atomic or locked; the test's thread alone starts and stops them.
final class OllamaStandIn: @unchecked Sendable {
    enum Reply: Sendable {
        case answer(status: Int, body: String)
        /// These bytes, then the end of the stream.
        case bytes(String)
        /// An answer once `release` was called.
        case held(body: String)
        /// A promised body of which a byte comes now and then, for ever.
        case dribble
        /// Nothing, for ever.
        case silence
    }

    static let good =
        #"{"model":"llama3.2:latest","created_at":"2026-01-01T00:00:00Z","response":"A wave.","done":true,"#
        + #""total_duration":1234567890,"load_duration":1,"prompt_eval_count":26,"eval_count":45}"#

    let port: UInt16
    private let listener: Int32
    private let reply: Reply
    private let received = SharedList<HTTPRequest>()
    private let abandoned = Atomic<Int>(0)
    private let isReleased = Atomic<Bool>(false)
    private let isEnding = Atomic<Bool>(false)
    private var acceptor: LoopThread?

    init(_ reply: Reply) throws {
        self.reply = reply
        (listener, port) = try Self.openListener()
        acceptor = try LoopThread { [self] in acceptAll() }
    }

    /// What it was asked, in the order in which the requests were complete.
    var requests: [HTTPRequest] { received.elements }

    /// How many of those who asked have gone before they had an answer.
    var abandonedCount: Int { abandoned.load(ordering: .acquiring) }

    func release() { isReleased.store(true, ordering: .releasing) }

    /// Ends its connections and threads; nobody listens on the port any more.
    func stop() {
        isEnding.store(true, ordering: .releasing)
        acceptor?.join()
        acceptor = nil
    }

    private static func openListener() throws -> (Int32, UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw TestFailure("socket: errno \(errno)") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int32 in
                guard bind(descriptor, address, length) == 0, listen(descriptor, 64) == 0 else { return -1 }
                return getsockname(descriptor, address, &length)
            }
        }
        guard status == 0 else {
            let code = errno
            close(descriptor)
            throw TestFailure("listen: errno \(code)")
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    // MARK: On its threads

    private var mustEnd: Bool { isEnding.load(ordering: .acquiring) }

    private func acceptAll() {
        var servers: [LoopThread] = []
        while !mustEnd {
            guard Self.isReadable(listener) else { continue }
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { continue }
            let server = try? LoopThread { [self] in
                serve(descriptor)
                close(descriptor)
            }
            if let server { servers.append(server) } else { close(descriptor) }
        }
        close(listener)
        for server in servers { server.join() }
    }

    /// Waits a little.
    private static func isReadable(_ descriptor: Int32) -> Bool {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&poller, 1, 10) > 0
    }

    /// One request, one answer, the end of the stream.
    private func serve(_ descriptor: Int32) {
        var parser = HTTPRequestParser()
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while !mustEnd {
            guard Self.isReadable(descriptor) else { continue }
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return }
            var offset = 0
            let request = chunk[..<count].withUnsafeBytes { bytes in try? parser.next(in: bytes, at: &offset) }
            if let request {
                received.append(request)
                return answer(descriptor)
            }
            if parser.expectsContinue { send("HTTP/1.1 100 Continue\r\n\r\n", to: descriptor) }
        }
    }

    private func answer(_ descriptor: Int32) {
        switch reply {
        case .answer(let status, let body):
            send(Self.response(status, body), to: descriptor)
        case .bytes(let text):
            send(text, to: descriptor)
        case .held(let body):
            while !isReleased.load(ordering: .acquiring) {
                guard isAwaited(descriptor) else { return }
            }
            send(Self.response(200, body), to: descriptor)
        case .dribble:
            send("HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n{", to: descriptor)
            while !mustEnd, send(" ", to: descriptor) { usleep(20_000) }
        case .silence:
            while isAwaited(descriptor) {}
        }
    }

    /// Waits a little; false where the other end has gone, or this one is to.
    private func isAwaited(_ descriptor: Int32) -> Bool {
        var byte: UInt8 = 0
        if Self.isReadable(descriptor), recv(descriptor, &byte, 1, Int32(MSG_PEEK)) <= 0 {
            abandoned.add(1, ordering: .acquiringAndReleasing)
            return false
        }
        return !mustEnd
    }

    private static func response(_ status: Int, _ body: String) -> String {
        "HTTP/1.1 \(status) \(HTTPResponse.reasonPhrase(status))\r\nContent-Type: application/json\r\n"
            + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// False where the other end has gone.
    @discardableResult
    private func send(_ text: String, to descriptor: Int32) -> Bool {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
