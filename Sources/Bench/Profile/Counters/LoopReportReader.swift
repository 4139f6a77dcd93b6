import FoundationEssentials
import Recording
import Server
import Transport
import WebSocketWire

/// Asks a server of ours for its loops' reports (`GET /api/profile`), over one connection that is kept where it can be.
///
/// Blocks the calling thread, which runs an event loop of its own for as long as the answer takes: some milliseconds.
final class LoopReportReader: EventLoopHandler {
    private static let patienceNanoseconds: UInt64 = 5_000_000_000

    private let address: SocketAddress
    private let request: [UInt8]
    private var loop: EventLoop!
    private var socket: SocketID?
    private var parser = HTTPResponseParser()
    private var response: HTTPClientResponse?
    private var failure: String?
    /// The connection was there before this read and may have been closed meanwhile.
    private var isKept = false
    /// Reads that have begun: a time-out of an earlier one means nothing any more.
    private var readCount: UInt32 = 0

    init(_ url: WebSocketURL) throws {
        address = try SocketAddress.resolve(host: url.host, port: url.port)
        request = Array("GET /api/profile HTTP/1.1\r\nHost: \(url.authority)\r\n\r\n".utf8)
        loop = try EventLoop(configuration: .init(io: .epoll), handler: self)
    }

    /// - Throws: `LoopReportFailure` where the server has no such route or does not answer.
    func read() throws -> [LoopReport] {
        response = nil
        failure = nil
        readCount += 1
        loop.schedule(TimerToken(kind: readCount), afterNanoseconds: Self.patienceNanoseconds)
        isKept = socket != nil
        if let socket { send(socket) } else { try connect() }
        loop.run()
        if let failure { throw LoopReportFailure(description: failure) }
        guard let response, response.status == 200,
            let reports = try? JSONDecoder().decode(LoopReports.self, from: Data(response.body)),
            reports.schema == LoopReports.schemaName, !reports.loops.isEmpty
        else { throw LoopReportFailure(description: "the server does not report what its loops do") }
        return reports.loops
    }

    private func connect() throws {
        parser = HTTPResponseParser()
        _ = try loop.connect(to: address)
    }

    private func send(_ socket: SocketID) {
        request.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            loop.send(socket, base, count: bytes.count)
            loop.flush()
        }
    }

    private func fail(_ reason: String) {
        failure = reason
        loop.stop()
    }

    func connected(_ socket: SocketID) {
        self.socket = socket
        send(socket)
    }

    func received(_ socket: SocketID, _ bytes: UnsafeMutableRawBufferPointer) {
        do throws(HTTPViolation) {
            var offset = 0
            guard let response = try parser.next(in: UnsafeRawBufferPointer(bytes), at: &offset) else { return }
            self.response = response
            loop.stop()
        } catch {
            fail(error.details)
        }
    }

    func closed(_ socket: SocketID, _ reason: CloseReason) {
        self.socket = nil
        guard response == nil else { return }
        let mayTryAgain = isKept
        isKept = false
        guard mayTryAgain, (try? connect()) != nil else { return fail("no answer to /api/profile: \(reason)") }
    }

    func timerFired(_ timer: TimerToken) {
        if timer.kind == readCount, response == nil { fail("the server did not answer within 5 s") }
    }

    func sendStopped(_ socket: SocketID, after sentBytes: Int) { fail("the request could not be sent") }
    func accepted(_ connection: AcceptedConnection) { connection.drop() }
    func acceptFailed(_ error: SystemError) {}
    func sendsSettled() {}
    func writable(_ socket: SocketID) {}
    func woken() {}
    func turnEnded() {}
}
