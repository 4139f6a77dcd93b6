import Recording
import Transport
import WebSocketWire

/// One TCP connection from accept to close: an HTTP exchange that may become a WebSocket client.
///
/// Belongs to one loop and is touched on its thread only. Owns what is private to the client: its parser, the bytes
/// that go to it alone, and, while it is not level with its stream, its own place in the log.
final class Connection {
    /// What the bytes that come in are.
    enum Phase {
        case http(HTTPExchange)
        case webSocket(Endpoint)
        /// Nothing that comes in matters any more; what is queued still goes out.
        case closing
    }

    /// The send that was queued and is not settled.
    enum Sending {
        case nothing
        case outbound(count: Int)
        case log(count: Int)
    }

    /// A change of stream that has its place in the order and is still to be reached; one to no stream is the end.
    struct Switch {
        let fromEnd: UInt64
        /// How many frames the old stream has up to there.
        let fromFrameCount: UInt64
        let answer: [UInt8]
        let stream: StreamID?
        let start: StreamCursor?
    }

    let socket: SocketID
    let acceptedAt: MonotonicInstant
    var phase: Phase
    let parser: FrameParserCell
    var assembler: MessageAssembler
    var clientID: ClientID?
    var channels: ChannelSet = []
    var lastHeardAt: MonotonicInstant
    var lastPingAt: MonotonicInstant
    var closingSince: MonotonicInstant

    /// Bytes for this client alone. Sent at frame boundaries of the stream.
    var outbound = OutboundBuffer()
    var sending = Sending.nothing
    /// The socket is full; `writable` will tell.
    var isBlocked = false
    /// Its bytes are left with the kernel for now.
    var isPaused = false
    /// Queued to be served in this turn.
    var isDirty = false
    var isGone = false
    /// Listed among those whose backlog is watched.
    var isWatched = false
    /// The stream as the sequencer knows it, after all changes asked for so far.
    var requestedStream: StreamID?
    /// The stream that is being followed now.
    var stream: StreamID?
    /// This client's own place, while it is not level with its loop.
    var trail: StreamCursor?
    /// A part of a frame has been sent: it has to be completed first.
    var isMidFrame = false
    var switches: [Switch] = []
    /// It gets no more of any stream, whatever changes were asked for.
    var hasLeftStreams = false
    /// Close once everything in `outbound` has gone out.
    var closesWhenDrained = false
    /// Everything has gone out; only the peer is waited for.
    var isFinished = false
    /// The peer's close frame is in: nothing more is to be waited for.
    var peerHasClosed = false
    var missedMessages: UInt64 = 0

    init(socket: SocketID, now: MonotonicInstant, maximumMessageBytes: Int) {
        self.socket = socket
        acceptedAt = now
        lastHeardAt = now
        lastPingAt = now
        closingSince = now
        phase = .http(HTTPExchange(waitingSince: now))
        assembler = MessageAssembler(maximumMessageBytes: maximumMessageBytes)
        parser = FrameParserCell(FrameParser(role: .server, maximumMessageBytes: maximumMessageBytes))
    }

    var isClosing: Bool {
        if case .closing = phase { true } else { false }
    }

    func appendFrame(_ opcode: Opcode, _ payload: UnsafeRawBufferPointer) {
        let headerBytes = FrameWriter.headerBytes(payloadBytes: payload.count, masked: false)
        outbound.append(count: headerBytes + payload.count) { target in
            _ = FrameWriter.writeHeader(opcode: opcode, payloadBytes: payload.count, into: target)
            guard let source = payload.baseAddress else { return }
            (target + headerBytes).copyMemory(from: source, byteCount: payload.count)
        }
    }

    func appendFrame(_ opcode: Opcode, _ payload: [UInt8]) {
        payload.withUnsafeBytes { appendFrame(opcode, $0) }
    }
}
