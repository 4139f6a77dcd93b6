import Recording
import WebSocketWire

/// What WebSocket clients say.
extension ServerLoop {
    func receiveFrames(
        _ connection: Connection, _ endpoint: Endpoint, _ bytes: UnsafeMutableRawBufferPointer, _ offset: inout Int
    ) {
        do throws(ProtocolViolation) {
            while !connection.isClosing, let event = try connection.parser.next(in: bytes, at: &offset) {
                switch event {
                case .message(let kind, let payload, _):
                    handle(connection, endpoint, kind, UnsafeRawBufferPointer(rebasing: bytes[payload]))
                case .part(let kind, let payload, _, let isLast, _):
                    connection.assembler.append(UnsafeRawBufferPointer(rebasing: bytes[payload]))
                    if isLast { handleAssembled(connection, endpoint, kind) }
                case .ping:
                    connection.appendFrame(.pong, connection.parser.controlPayload)
                    fanOut.touch(connection)
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

    private func handleAssembled(_ connection: Connection, _ endpoint: Endpoint, _ kind: MessageKind) {
        connection.assembler.withMessage { handle(connection, endpoint, kind, $0) }
        connection.assembler.reset(keepingCapacityUpTo: 0)
    }

    private func handle(
        _ connection: Connection, _ endpoint: Endpoint, _ kind: MessageKind, _ payload: UnsafeRawBufferPointer
    ) {
        figures.tookIn()
        switch endpoint {
        case .relay:
            fanOut.broadcast(kind, payload, to: .relay)
        case .echo:
            connection.appendFrame(kind.opcode, payload)
            fanOut.touch(connection)
        case .messages:
            do throws(ValidationFailure) {
                guard kind == .text else { throw ValidationFailure("expected a text message, found a binary one") }
                handle(connection, try ClientMessage(parsing: payload))
            } catch {
                figures.refuse()
                say(connection, error: "Invalid message", code: "VALIDATION_ERROR", details: error.description)
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

    func say(_ connection: Connection, _ message: [UInt8]) {
        connection.appendFrame(.text, message)
        fanOut.touch(connection)
    }

    private func say(_ connection: Connection, error: String, code: String?, details: String) {
        let now = WallClock.millisecondsSinceEpoch()
        say(connection, ServerMessage.error(error, code: code, details: details, timestampMilliseconds: now))
    }

    /// Closes a client that broke the protocol; on `/` it is told why first, as the specification has it.
    private func refuse(_ connection: Connection, _ endpoint: Endpoint, _ violation: ProtocolViolation) {
        figures.tookIn()
        figures.refuse()
        if let id = connection.clientID { log.error("WebSocket error for client \(id): \(violation.details)") }
        if endpoint == .messages {
            say(connection, error: "Connection error", code: nil, details: violation.details)
        }
        close(connection, code: violation.closeCode, reason: violation.details)
    }
}
