import Glibc
import Transport
import WebSocketWire

/// A blocking client on a socket of its own, with TLS once it has shaken hands: HTTP requests and, once upgraded,
/// WebSocket frames.
///
/// Each read and write fails after `patienceSeconds`, so that no test hangs. Used by one thread at a time.
final class TestClient: @unchecked Sendable {
    // `@unchecked Sendable`: handed from thread to thread, never shared.
    static let patienceSeconds = 20

    private let descriptor: Int32
    private var isOpen = true
    /// Nil for plain TCP.
    private(set) var tls: TLSSession?
    private var input: [UInt8] = []
    private var frames = FrameParser(role: .client, maximumMessageBytes: 1 << 24)
    private var assembled: [UInt8] = []

    /// - Parameter receiveBufferBytes: a small one makes the client's peer wait early.
    init(port: UInt16, receiveBufferBytes: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw TestFailure("socket: errno \(errno)") }
        if var size = receiveBufferBytes {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        var noDelay: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let status = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 || errno == EINTR else { throw TestFailure("connect: errno \(errno)") }
        // After an interruption the connection is still being made: the first write waits for it.
    }

    deinit { close() }

    func close() {
        guard isOpen else { return }
        isOpen = false
        Glibc.close(descriptor)
    }

    /// Says that nothing more comes (FIN), and goes on reading.
    func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Ends the connection with a reset, as a peer that crashed.
    func reset() {
        var atOnce = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &atOnce, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    // MARK: TLS

    /// From here on what is written is encrypted, and what is read decrypted.
    func shakeHands(_ context: TLSClientContext, resuming resumption: TLSResumption? = nil) throws {
        let session = try TLSSession(client: context, host: "localhost", resuming: resumption)
        while try !session.advanceHandshake() {
            try flush(session)
            let bytes = try receive()
            guard !bytes.isEmpty else { throw TestFailure("the connection ended within the handshake") }
            bytes.withUnsafeBytes { session.receive($0) }
        }
        try flush(session)
        tls = session
    }

    /// Says that nothing more comes (close_notify).
    func endEncryption() throws {
        guard let tls else { throw TestFailure("nothing is encrypted here") }
        tls.close()
        try flush(tls)
    }

    /// Sends what TLS has to say.
    private func flush(_ session: TLSSession) throws {
        let bytes = Array(session.outgoing)
        session.consumeOutgoing(bytes.count)
        try sendUnencrypted(bytes)
    }

    /// Takes in what can be decrypted; false once the server has said that nothing more comes.
    private func decrypt(_ session: TLSSession) throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            switch try chunk.withUnsafeMutableBytes({ try session.read(into: $0) }) {
            case .bytes(let count): input.append(contentsOf: chunk[..<count])
            case .needsMore: return true
            case .closed: return false
            }
        }
    }

    // MARK: Bytes

    func write(_ bytes: [UInt8]) throws {
        guard let tls else { return try sendUnencrypted(bytes) }
        try bytes.withUnsafeBytes { try tls.write($0) }
        try flush(tls)
    }

    func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// As they are, also where the connection is encrypted.
    func sendUnencrypted(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                Glibc.send(
                    descriptor, all.baseAddress! + sent, all.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw TestFailure("send: errno \(errno)") }
            sent += count
        }
    }

    /// Reads what is there, at least one byte; false at the end of the stream, which with TLS has to be said.
    private func readMore() throws -> Bool {
        let before = input.count
        guard let tls else {
            input += try receive()
            return input.count > before
        }
        while true {
            let isOpen = try decrypt(tls)
            if input.count > before { return true }
            guard isOpen else { return false }
            let bytes = try receive()
            guard !bytes.isEmpty else { throw TestFailure("the connection ended without a close_notify") }
            bytes.withUnsafeBytes { tls.receive($0) }
        }
    }

    /// What the socket brings; empty at its end.
    private func receive() throws -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == ECONNRESET { throw TestFailure("the connection was reset") }
            guard count >= 0 else { throw TestFailure("nothing came within \(Self.patienceSeconds) s") }
            return Array(chunk[..<count])
        }
    }

    /// Waits until what has come and is not read is `text`.
    func wait(for text: String) throws {
        while !input.elementsEqual(text.utf8), try readMore() {}
    }

    /// Everything up to the end of the stream.
    func readToEnd() throws -> [UInt8] {
        while try readMore() {}
        defer { input = [] }
        return input
    }

    // MARK: HTTP

    func response() throws -> HTTPClientResponse {
        var parser = HTTPResponseParser()
        while true {
            var offset = 0
            let response = try input.withUnsafeBytes { bytes throws(HTTPViolation) in
                try parser.next(in: bytes, at: &offset)
            }
            input.removeFirst(offset)
            if let response { return response }
            guard try readMore() else { throw TestFailure("the stream ended before a response") }
        }
    }

    func upgrade(_ path: String, behind bytes: [UInt8] = []) throws {
        let upgrade = ClientUpgrade(host: "test", path: path, key: ClientUpgrade.key(from: (1, 2)))
        try write(upgrade.request() + bytes)
        _ = try upgrade.validate(response())
    }

    // MARK: Frames

    static func frame(_ opcode: Opcode, _ payload: [UInt8], fin: Bool = true) -> [UInt8] {
        var bytes: [UInt8] = []
        FrameWriter.append(
            opcode: opcode, payload: payload, maskingKey: MaskingKey(bits: 0x1234_5678), fin: fin, to: &bytes)
        return bytes
    }

    static func frame(_ text: String) -> [UInt8] { frame(.text, Array(text.utf8)) }

    func send(_ text: String) throws { try write(Self.frame(text)) }

    func send(_ opcode: Opcode, _ payload: [UInt8] = [], fin: Bool = true) throws {
        try write(Self.frame(opcode, payload, fin: fin))
    }

    func sendClose(_ code: CloseCode = .normal) throws {
        try send(.close, FrameWriter.closePayload(code, reason: ""))
    }

    func next() throws -> Received {
        while true {
            if let received = try parse() { return received }
            guard try readMore() else {
                guard frames.isAtMessageBoundary || hasClosed else {
                    throw TestFailure("cut off within a frame")
                }
                return .endOfStream
            }
        }
    }

    private var hasClosed = false

    private func parse() throws -> Received? {
        var offset = 0
        // What is parsed is thrown away once: a client that reads much stays linear.
        defer { input.removeFirst(offset) }
        while offset < input.count || hasClosed {
            let event = try input.withUnsafeMutableBytes { bytes throws(ProtocolViolation) in
                try frames.next(in: bytes, at: &offset)
            }
            switch event {
            case nil: return nil
            case .message(let kind, let payload, _): return .message(kind, Array(input[payload]))
            case .part(let kind, let payload, _, let isLast, _):
                assembled.append(contentsOf: input[payload])
                guard isLast else { continue }
                defer { assembled = [] }
                return .message(kind, assembled)
            case .ping: return .ping(frames.controlPayload)
            case .pong: return .pong(frames.controlPayload)
            case .close(let code):
                hasClosed = true
                return .close(code, reason: String(decoding: frames.controlPayload, as: UTF8.self))
            }
        }
        return nil
    }

    /// The next text message; anything else is a failure.
    func nextText() throws -> String {
        let received = try next()
        guard case .message(.text, let payload) = received else {
            throw TestFailure("\(received), not a text")
        }
        return String(decoding: payload, as: UTF8.self)
    }

    func nextTexts(_ count: Int) throws -> [String] { try (0..<count).map { _ in try nextText() } }

    /// Skips messages up to the close frame.
    func closeCode() throws -> CloseCode {
        while true {
            switch try next() {
            case .close(let code, _): return code
            case .endOfStream: throw TestFailure("the stream ended without a close frame")
            default: continue
            }
        }
    }
}
