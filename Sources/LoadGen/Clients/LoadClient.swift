import Recording
import Transport
import WebSocketWire

/// One client of a run. Loop's thread only.
final class LoadClient {
    enum Phase {
        /// Not connected: not yet, for a while, or no more.
        case idle
        case connecting
        case upgrading(ClientUpgrade)
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
    /// Nothing may follow our close frame (RFC 6455 §5.5.1).
    var hasSentClose = false
    var response = HTTPResponseParser()
    let parser: FrameParserCell
    var outbound = OutboundBuffer()
    /// Bytes of `outbound` that are queued and not settled.
    var sendingCount = 0
    var isBlocked = false
    var isDirty = false
    /// The message that comes in parts: how much of it is in, its stamp, and whether it is what it should be.
    var partialBytes = 0
    var partialStamp: [UInt8] = []
    var partialMatches = true
    /// Only where messages are sent back.
    var reflected: [UInt8] = []

    init(index: Int, maximumMessageBytes: Int) {
        self.index = index
        parser = FrameParserCell(FrameParser(role: .client, maximumMessageBytes: maximumMessageBytes))
    }

    var isOpen: Bool {
        if case .open = phase { true } else { false }
    }

    /// Back to the beginning, for another connection.
    func reset(maximumMessageBytes: Int) {
        phase = .idle
        socket = nil
        response = HTTPResponseParser()
        parser.replace(with: FrameParser(role: .client, maximumMessageBytes: maximumMessageBytes))
        outbound.removeAll()
        sendingCount = 0
        isBlocked = false
        hasSentClose = false
        endPartial()
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

    func appendFrame(_ opcode: Opcode, _ payload: [UInt8], key: MaskingKey) {
        appendFrame(opcode, payloadBytes: payload.count, key: key) { $0.copyBytes(from: payload) }
    }
}
