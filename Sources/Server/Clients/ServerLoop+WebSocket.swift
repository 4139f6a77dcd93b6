import Recording
import WebSocketWire

/// What WebSocket clients say.
extension ServerLoop {
    func receiveFrames(
        _ connection: Connection, _ endpoint: Endpoint, _ bytes: UnsafeMutableRawBufferPointer, _ offset: inout Int
    ) {
        let reception = messages.take(for: connection)
        defer { messages.put(reception, back: connection) }
        do throws(ProtocolViolation) {
            while !connection.isClosing, !connection.isPaused, mayBeTakenUp(connection, endpoint),
                let event = try reception.parser.next(in: bytes, at: &offset)
            {
                switch event {
                case .message(let kind, let payload, let isCompressed):
                    let payload = UnsafeRawBufferPointer(rebasing: bytes[payload])
                    try handle(connection, endpoint, kind, payload, isCompressed: isCompressed)
                case .part(let kind, let payload, _, let isLast, let isCompressed):
                    reception.assembler.append(UnsafeRawBufferPointer(rebasing: bytes[payload]))
                    guard isLast else { continue }
                    try reception.assembler.withMessage { message throws(ProtocolViolation) in
                        try handle(connection, endpoint, kind, message, isCompressed: isCompressed)
                    }
                    reception.assembler.reset(keepingCapacityUpTo: 0)
                case .ping:
                    fanOut.say(connection, .pong, reception.parser.controlPayload)
                case .pong:
                    break
                case .close(let code):
                    connection.peerHasClosed = true
                    close(connection, code: code == .noStatus ? .normal : code, reason: "")
                }
            }
        } catch {
            refuse(connection, endpoint, error)
            offset = bytes.count
        }
    }

    private func handle(
        _ connection: Connection, _ endpoint: Endpoint, _ kind: MessageKind, _ payload: UnsafeRawBufferPointer,
        isCompressed: Bool
    ) throws(ProtocolViolation) {
        guard mayGoOn(connection) else { return }
        guard isCompressed else { return handle(connection, endpoint, kind, payload) }
        try messages.inflate(kind, payload) {
            budget.spend($0.count)
            handle(connection, endpoint, kind, $0)
        }
    }

    /// Whether the client keeps to its rate (`--rate-limit`); one that does not is told so, at most ten times a second.
    private func mayGoOn(_ connection: Connection) -> Bool {
        guard let limit = configuration.rateLimit, let pace = connection.pace,
            !pace.messages.take(at: loop.now, limit: limit)
        else { return true }
        figures.tookIn()
        figures.refuse()
        guard pace.refusals.take(at: loop.now, limit: ClientPace.refusalLimit) else { return false }
        if let id = connection.clientID { log.warning("\(LogLines.rateLimited(id))") }
        say(
            connection, error: "Rate limit exceeded", code: ErrorMessage.Code.rateLimit.rawValue,
            details: "at most \(limit.text) messages a second are taken from a client")
        return false
    }

    private func handle(
        _ connection: Connection, _ endpoint: Endpoint, _ kind: MessageKind, _ payload: UnsafeRawBufferPointer
    ) {
        figures.tookIn()
        switch endpoint {
        case .relay:
            fanOut.broadcast(kind, payload, to: .relay)
        case .echo:
            fanOut.echo(connection, kind, payload)
        case .messages:
            budget.spend(payload.count)
            do throws(ValidationFailure) {
                guard kind == .text else { throw ValidationFailure("expected a text message, found a binary one") }
                handle(connection, try ClientMessage(parsing: payload))
            } catch {
                figures.refuse()
                say(
                    connection, error: "Invalid message", code: ErrorMessage.Code.validation.rawValue,
                    details: error.description)
            }
        }
    }

    private func handle(_ connection: Connection, _ message: ClientMessage) {
        let now = WallClock.millisecondsSinceEpoch()
        switch message {
        case .ping:
            say(connection, ServerMessage.pong(timestampMilliseconds: now))
        case .heartbeat:
            say(connection, ServerMessage.heartbeatAcknowledgement(timestampMilliseconds: now))
        case .subscribe(let channels):
            let wanted = channels.reduce(connection.channels) { $0.union(ChannelSet($1)) }
            subscribe(connection, wanted, ServerMessage.subscribed(channels, timestampMilliseconds: now))
        case .unsubscribe(let channels):
            let wanted = channels.reduce(connection.channels) { $0.subtracting(ChannelSet($1)) }
            subscribe(connection, wanted, ServerMessage.unsubscribed(channels, timestampMilliseconds: now))
        }
    }

    /// The answer stands at the place in the order where the change takes effect.
    private func subscribe(_ connection: Connection, _ channels: ChannelSet, _ answer: [UInt8]) {
        connection.channels = channels
        shared.clients.shards[index].subscribe(connection.socket.index, channels)
        var frame: [UInt8] = []
        answer.withUnsafeBytes { FrameWriter.append(opcode: .text, payload: $0, to: &frame) }
        fanOut.move(connection, to: StreamID(channels), answer: frame)
    }

    func say(_ connection: Connection, _ message: [UInt8]) { fanOut.say(connection, .text, message) }

    private func say(_ connection: Connection, error: String, code: String?, details: String) {
        let now = WallClock.millisecondsSinceEpoch()
        say(connection, ServerMessage.error(error, code: code, details: details, timestampMilliseconds: now))
    }

    /// Closes a client that broke the protocol; on `/` it is told why first, as the specification has it.
    private func refuse(_ connection: Connection, _ endpoint: Endpoint, _ violation: ProtocolViolation) {
        figures.tookIn()
        figures.refuse()
        if let id = connection.clientID { log.error("\(LogLines.webSocketError(id, details: violation.details))") }
        if endpoint == .messages {
            say(connection, error: "Connection error", code: nil, details: violation.details)
        }
        close(connection, code: violation.closeCode, reason: violation.details)
    }
}
