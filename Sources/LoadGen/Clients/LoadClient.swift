import Recording
import Transport
import WebSocketWire

/// One client of a run. Loop's thread only.
final class LoadClient {
    enum Phase {
        /// Not connected: not yet, for a while, or no more.
        case idle
        case connecting
        /// TLS.
        case shakingHands
        case upgrading(UpgradeUnderWay)
        /// Upgraded; the server has to confirm that the client receives.
        case subscribing
        case open
        /// Our close frame is on its way; the server's is awaited.
        case closing
    }

    let index: Int
    var phase = Phase.idle
    var socket: SocketID?
    var connectBeganAt = MonotonicInstant(nanoseconds: 0)
    var reconnectAttempts = 0
    /// Its first connection has been made, or has failed: it counts as the one or the other for good.
    var isCounted = false
    /// Set for slow readers, before they connect.
    var reading = ClientReading.eager
    /// Set from the moment at which it leaves, or its connection ends, until it is back.
    var absence: ClientAbsence?
    /// Nothing may follow our close frame (RFC 6455 §5.5.1).
    var hasSentClose = false
    let parser: FrameParserCell
    /// Nil for plain TCP.
    var tls: TLSSession?
    /// What was agreed on for compression; nil where nothing was.
    var compression: DeflateParameters?
    var outbound = OutboundBuffer()
    /// Bytes of `outbound` that are queued and not settled.
    var sendingCount = 0
    var isBlocked = false
    var isDirty = false
    /// Set with the first one that the server gives.
    var cookies: CookieJar?
    /// Of a connection that posts; nil for all others.
    var publisher: HTTPPublisher?
    /// The message that comes in parts: how much of it is in, its stamp, and whether it is what it should be.
    var partialBytes = 0
    var partialStamp: [UInt8] = []
    var partialMatches = true
    /// Parts of messages that are needed whole: to be sent back, or to be inflated.
    var assembled: [UInt8] = []

    init(index: Int, maximumMessageBytes: Int) {
        self.index = index
        parser = FrameParserCell(FrameParser(role: .client, maximumMessageBytes: maximumMessageBytes))
    }

    /// The server takes compressed messages, and may send them from now on.
    func agree(on compression: DeflateParameters, maximumMessageBytes: Int) {
        self.compression = compression
        parser.replace(
            with: FrameParser(role: .client, maximumMessageBytes: maximumMessageBytes, allowsCompression: true))
    }

    var isOpen: Bool {
        if case .open = phase { true } else { false }
    }

    /// Whether it has no connection that is upgraded and confirmed.
    var isAway: Bool {
        switch phase {
        case .open, .closing: false
        case .idle, .connecting, .shakingHands, .upgrading, .subscribing: true
        }
    }

    var isSubscribing: Bool {
        if case .subscribing = phase { true } else { false }
    }

    /// Frames go both ways, and control frames are answered.
    var isUpgraded: Bool { isOpen || isSubscribing }

    /// Back to the beginning, for another connection.
    func reset(maximumMessageBytes: Int) {
        phase = .idle
        socket = nil
        parser.replace(with: FrameParser(role: .client, maximumMessageBytes: maximumMessageBytes))
        tls = nil
        compression = nil
        outbound.removeAll()
        assembled = []
        sendingCount = 0
        isBlocked = false
        hasSentClose = false
        endPartial()
    }

    /// Queued and not yet with the kernel.
    var unsentBytes: Int { outbound.count + (tls?.outgoing.count ?? 0) }

    /// So much of what is to be sent is with the kernel.
    func consumeSent(_ count: Int) {
        if let tls { tls.consumeOutgoing(count) } else { outbound.consume(count) }
    }

    func endPartial() {
        partialBytes = 0
        partialStamp.removeAll(keepingCapacity: true)
        partialMatches = true
    }

    /// Appends a masked frame whose payload `fill` writes in place.
    func appendFrame(
        _ opcode: Opcode, payloadBytes: Int, key: MaskingKey, _ fill: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        let headerBytes = FrameWriter.headerBytes(payloadBytes: payloadBytes, masked: true)
        outbound.append(count: headerBytes + payloadBytes) { target in
            _ = FrameWriter.writeHeader(opcode: opcode, payloadBytes: payloadBytes, maskingKey: key, into: target)
            let payload = UnsafeMutableRawBufferPointer(start: target + headerBytes, count: payloadBytes)
            fill(payload)
            key.apply(to: payload, payloadOffset: 0)
        }
    }

    /// Appends a masked frame with a compressed message.
    func appendCompressedFrame(_ opcode: Opcode, _ compressed: [UInt8], key: MaskingKey) {
        var frame: [UInt8] = []
        FrameWriter.append(opcode: opcode, payload: compressed, maskingKey: key, rsv1: true, to: &frame)
        outbound.append(frame)
    }

    func appendFrame(_ opcode: Opcode, _ payload: [UInt8], key: MaskingKey) {
        appendFrame(opcode, payloadBytes: payload.count, key: key) { $0.copyBytes(from: payload) }
    }
}
