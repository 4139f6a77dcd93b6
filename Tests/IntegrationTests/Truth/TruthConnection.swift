import WebSocketWire

/// One connection of a `TruthServer`. Server's thread only.
final class TruthConnection {
    enum Phase {
        case upgrading
        case open
        /// Refused without an answer.
        case silent
        /// A close frame was sent, or came and is not answered: nothing is delivered any more.
        case closing
    }

    private static let maximumMessageBytes = 16 << 20

    let index: Int
    let socket: RawSocket
    var phase = Phase.upgrading
    var request = HTTPRequestParser()
    let frames = FrameParserCell(
        FrameParser(role: .server, maximumMessageBytes: TruthConnection.maximumMessageBytes))
    /// Parts of a message that came in more than one read.
    var assembled: [UInt8] = []
    var hasSentClose = false
    /// The payloads of the pings that were sent and not answered yet, in order.
    var unansweredPings: [[UInt8]] = []

    init(index: Int, socket: RawSocket) {
        self.index = index
        self.socket = socket
        socket.sendWithoutDelay()
    }

    func send(_ opcode: Opcode, _ payload: [UInt8]) {
        var bytes: [UInt8] = []
        FrameWriter.append(opcode: opcode, payload: payload, to: &bytes)
        socket.send(bytes)
    }

    /// Sends a close frame, once.
    func sendClose(_ payload: [UInt8]) {
        guard !hasSentClose else { return }
        hasSentClose = true
        phase = .closing
        send(.close, payload)
    }
}
