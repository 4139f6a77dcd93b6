import Recording
import Transport
import WebSocketWire

/// One TCP connection from accept to close: an HTTP exchange that may become a WebSocket client.
///
/// Belongs to one loop and is touched on its thread only. Small, since there are many and most are idle: what a client
/// needs only while something happens is in objects that it has only then.
final class Connection {
    /// What the bytes that come in are.
    enum Phase {
        case http(HTTPExchange)
        case webSocket(Endpoint)
        /// Nothing that comes in matters any more; what is queued still goes out.
        case closing
    }

    let socket: SocketID
    let acceptedAt: MonotonicInstant
    var phase: Phase
    /// While it is served by itself.
    var detour: Detour?
    /// While a message of its is under way.
    var reception: Reception?
    /// While it has to wait before what it has sent is taken up.
    var heldInput: HeldInput?
    /// Nil for plain TCP.
    var tls: TLSSession?

    private let loopIndex: UInt16
    /// That of the client's slot; 0 while there is no client.
    private var clientGeneration: UInt32 = 0
    var channels: ChannelSet = []
    /// How messages may be coded for it.
    var coding = FrameCoding.plain
    /// The stream as the sequencer knows it, after all changes asked for so far.
    var requestedStream: StreamID?
    /// The stream that is being followed now.
    var stream: StreamID?
    /// Changes asked for that have no place in the order yet.
    var stagedMoves: UInt16 = 0

    /// It has a descriptor and is not served; kept by `Newcomers`.
    var isNewcomer = false
    /// It was answered with 101: what comes in, and what it is told, are frames.
    var isUpgraded = false
    /// Queued for a step of its TLS handshake.
    var awaitsHandshake = false
    /// The socket is full; `writable` will tell.
    var isBlocked = false
    /// Its bytes are left with the kernel for now.
    var isPaused = false
    /// What it has said waits for a turn that has time for it.
    var isPostponed = false
    /// Queued to be served in this turn.
    var isDirty = false
    var isGone = false
    /// Listed among those whose backlog is watched.
    var isWatched = false
    /// It gets no more of any stream, whatever changes were asked for.
    var hasLeftStreams = false
    /// Close once everything for it has gone out.
    var closesWhenDrained = false
    /// Everything has gone out; only the peer is waited for.
    var isFinished = false
    /// The peer's close frame is in: nothing more is to be waited for.
    var peerHasClosed = false

    var lastHeardAt: MonotonicInstant
    var lastPingAt: MonotonicInstant
    var missedMessages: UInt64 = 0
    /// Only where clients are held to a rate.
    var pace: ClientPace?

    init(socket: SocketID, loopIndex: Int, now: MonotonicInstant) {
        self.socket = socket
        self.loopIndex = UInt16(loopIndex)
        acceptedAt = now
        lastHeardAt = now
        lastPingAt = now
        phase = .http(HTTPExchange(waitingSince: now))
    }

    var isClosing: Bool {
        if case .closing = phase { true } else { false }
    }

    /// Nil while it is no WebSocket client.
    var clientID: ClientID? {
        get {
            clientGeneration == 0
                ? nil : ClientID(loop: Int(loopIndex), slot: socket.index, generation: clientGeneration)
        }
        set { clientGeneration = newValue?.generation ?? 0 }
    }
}
