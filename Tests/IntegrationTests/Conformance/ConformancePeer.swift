import Glibc
import WebSocketWire

/// The other end of one connection of the program under test, once it is upgraded: sends what a case has and tells what
/// came back. On one thread; every wait is bounded.
final class ConformancePeer {
    /// Long enough for the program to read one piece before the next is sent, as a rule. The outcome must not depend
    /// on it.
    private static let pauseMicroseconds: UInt32 = 100
    private static let recordedBytes = 512

    private let socket: RawSocket
    private let program: Role
    private var stream: ReceivedStream
    private var end: RawSocket.End?
    private var hasSentClose = false
    /// The first bytes that came, for people.
    private(set) var received: [UInt8] = []

    /// - Parameters:
    ///   - socket: the upgrade is done on it.
    ///   - program: which end the program is.
    ///   - terms: what was negotiated.
    init(_ socket: RawSocket, program: Role, terms: CompressionTerms?) {
        self.socket = socket
        self.program = program
        var windowBits: Int?
        if let terms, terms.answer != nil {
            windowBits = program == .server ? terms.serverWindowBits : terms.clientWindowBits
        }
        stream = ReceivedStream(from: program, windowBits: windowBits)
        socket.sendWithoutDelay()
    }

    func play(_ run: ConformanceRun) -> ConformanceOutcome {
        let expected = run.testCase.expected
        for (index, piece) in run.pieces.enumerated() {
            if index > 0 { usleep(Self.pauseMicroseconds) }
            socket.send(piece)
        }
        switch expected.end {
        case .staysOpen:
            read { $0.answers.count >= expected.answers.count || $0.closeCode != nil }
            close()
        case .dropped:
            read { $0.answers.count >= expected.answers.count || $0.closeCode != nil }
            socket.finishWriting()
        case .closed, .malformed, .timedOut:
            break
        }
        // The server ends the TCP connection (RFC 6455 §7.1.1): the program, or we.
        if program == .client {
            read { $0.closeCode != nil }
            socket.finishWriting()
        }
        read { _ in false }
        return ConformanceOutcome(answers: stream.answers, end: foundEnd)
    }

    private func close() {
        guard end == nil, stream.closeCode == nil, stream.flaw == nil else { return }
        hasSentClose = true
        socket.send(ConformanceFrame.close(1000).bytes(to: program))
    }

    /// Takes in frames until the condition holds, the program does something wrong, or no more frames come.
    private func read(until isEnough: (ReceivedStream) -> Bool) {
        while end == nil, stream.flaw == nil, !isEnough(stream) {
            let reached = socket.receive { ReceivedFrame.isWhole($0) }
            guard let (frame, byteCount) = ReceivedFrame.parse(socket.received) else {
                end = reached ?? .timedOut
                record(socket.received.count)
                return
            }
            record(byteCount)
            socket.drop(byteCount)
            stream.take(frame)
        }
    }

    private func record(_ byteCount: Int) {
        let count = min(byteCount, Self.recordedBytes - received.count)
        received.append(contentsOf: socket.received.prefix(count))
    }

    private var foundEnd: ConformanceEnd {
        if let flaw = stream.flaw { return .malformed(flaw) }
        switch end {
        case .reset: return .malformed("the connection was reset")
        case .timedOut, nil: return .timedOut
        case .closed: break
        }
        guard socket.received.isEmpty else { return .malformed("the stream ends within a frame") }
        guard let code = stream.closeCode else { return .dropped }
        return hasSentClose && code == 1000 ? .staysOpen : .closed(code)
    }
}
