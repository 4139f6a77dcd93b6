import Recording
import Transport
import WebSocketWire

/// Heartbeats, time-outs and the ways in which a connection ends.
extension ServerLoop {
    /// Begins the closing handshake (RFC 6455 §7.1): the client is told everything that is already queued for it, then
    /// the code; its stream ends at the frame under way.
    func close(_ connection: Connection, code: CloseCode, reason: String) {
        guard !connection.isClosing else { return }
        fanOut.say(connection, .close, FrameWriter.closePayload(code, reason: reason))
        close(connection)
    }

    /// Closes once what is queued has gone out.
    func close(_ connection: Connection) {
        turn(connection, into: .closing)
        // A client keeps its place of `--max-clients` until it is gone.
        if connection.clientID == nil { newcomers.insert(connection) }
        expect(connection, within: configuration.drainTimeoutNanoseconds)
        fanOut.endStream(connection)
        connection.closesWhenDrained = true
        fanOut.touch(connection)
    }

    /// As `close`, but behind everything that was broadcast before.
    private func closeBehindBroadcasts(_ connection: Connection, code: CloseCode, reason: String) {
        guard connection.requestedStream != nil else { return close(connection, code: code, reason: reason) }
        var frame: [UInt8] = []
        FrameWriter.append(opcode: .close, payload: FrameWriter.closePayload(code, reason: reason), to: &frame)
        turn(connection, into: .closing)
        expect(connection, within: configuration.drainTimeoutNanoseconds)
        fanOut.move(connection, to: nil, answer: frame)
    }

    /// Everything has gone out. The peer closes next, unless it has: were the socket closed with bytes unread, the
    /// kernel would reset the connection and the peer might never see what was sent last.
    func finish(_ connection: Connection) {
        connection.closesWhenDrained = false
        connection.isFinished = true
        if connection.peerHasClosed {
            loop.close(connection.socket)
            forget(connection)
        } else {
            loop.finishWriting(connection.socket)
        }
    }

    /// The peer says no more. What it has asked for is still answered where that is under way, and what is queued for it
    /// goes out; false where there is nothing, and the connection may end at once.
    func peerFinished(_ connection: Connection) -> Bool {
        connection.peerHasClosed = true
        switch connection.phase {
        case .http(let exchange):
            // Who hangs up looks the same, and is not worked for: it would hold a place of `--ai-concurrency`.
            guard !awaitsCall(exchange) else { return false }
            guard exchange.awaitsAnswer || connection.heldInput != nil || connection.detour != nil else { return false }
            closeIfAnswered(connection, exchange)
        case .webSocket:
            guard connection.detour != nil else { return false }
            close(connection)
        case .closing:
            if connection.isFinished { finish(connection) }
        }
        return true
    }

    /// Who has said its last word, and has the answer to all of it, is done.
    func closeIfAnswered(_ connection: Connection, _ exchange: HTTPExchange) {
        if connection.peerHasClosed, !exchange.awaitsAnswer, connection.heldInput == nil { close(connection) }
    }

    /// Only the peer's close frame is still of interest.
    func receiveWhileClosing(
        _ connection: Connection, _ bytes: UnsafeMutableRawBufferPointer, _ offset: inout Int
    ) {
        guard connection.isUpgraded, !connection.peerHasClosed else { return }
        let reception = messages.take(for: connection)
        defer { messages.put(reception, back: connection) }
        while let event = try? reception.parser.next(in: bytes, at: &offset) {
            guard case .close = event else { continue }
            connection.peerHasClosed = true
            // What is still queued, our own close frame among it, goes out first.
            if connection.isFinished { finish(connection) }
            return
        }
    }

    func disconnectSlowClient(_ connection: Connection) {
        guard !connection.isClosing else { return }
        if let id = connection.clientID {
            log.warning("Client \(id) is more than \(configuration.backlogBytes) bytes behind and is closed")
        }
        close(connection, code: .tryAgainLater, reason: "too far behind")
    }

    func keepHouse() {
        // Where nothing is broadcast, nothing else would let go of blocked clients that are gone.
        fanOut.boundBacklogs()
        while let index = deadlines.popDue(at: loop.now) {
            if let connection = connections[SocketID(index: index)] { attend(to: connection) }
        }
    }

    /// The connection is looked at again after so long, unless something else is expected of it before.
    func expect(_ connection: Connection, within nanoseconds: UInt64) {
        deadlines.set(connection.socket.index, at: loop.now.advanced(byNanoseconds: nanoseconds))
    }

    /// What was expected of the connection by now has come, or has not. Deadlines are not moved whenever something is
    /// heard, which would cost each message: one that finds its connection alive is set anew.
    private func attend(to connection: Connection) {
        let now = loop.now
        switch connection.phase {
        case .http(let exchange):
            let patience = configuration.handshakeTimeoutNanoseconds
            let waited = UInt64(max(0, now - exchange.waitingSince))
            if exchange.awaitsAnswer {
                expect(connection, within: patience)
            } else if waited >= patience {
                expire(connection, exchange)
            } else {
                expect(connection, within: patience - waited)
            }
        case .webSocket:
            let heartbeat = configuration.heartbeatIntervalNanoseconds
            if now - connection.lastHeardAt >= Int64(2 * heartbeat) {
                if let id = connection.clientID { log.info("Client \(id) has been silent for two heartbeats") }
                return giveUp(connection)
            }
            if now - connection.lastPingAt >= Int64(heartbeat) {
                connection.lastPingAt = now
                fanOut.say(connection, .ping, [])
            }
            let silenceEnds = connection.lastHeardAt.advanced(byNanoseconds: 2 * heartbeat)
            deadlines.set(
                connection.socket.index, at: min(silenceEnds, connection.lastPingAt.advanced(byNanoseconds: heartbeat)))
        case .closing:
            giveUp(connection)
        }
    }

    func giveUp(_ connection: Connection) {
        loop.reset(connection.socket)
        forget(connection)
    }

    /// No complete request in time. A connection that is merely idle between requests ends without a word.
    private func expire(_ connection: Connection, _ exchange: HTTPExchange) {
        exchange.keepsAlive = false
        if exchange.parser.hasBegun || connection.acceptedAt == exchange.waitingSince {
            figures.tookIn()
            let patience = HumanFormat.nanoseconds(configuration.handshakeTimeoutNanoseconds)
            respond(connection, exchange, .failure(408, "no complete request within \(patience)"))
        } else {
            close(connection)
        }
    }

    /// Stops accepting, sends what is queued, closes every client with 1001.
    func drain() {
        guard !isDraining else { return }
        isDraining = true
        if let listener { loop.close(listener) }
        abandonParked()
        fanOut.endHolding()
        connections.forEach { connection in
            switch connection.phase {
            case .http(let exchange):
                exchange.keepsAlive = false
                if !exchange.awaitsAnswer { close(connection) }
            case .webSocket:
                closeBehindBroadcasts(connection, code: .goingAway, reason: "the server is going down")
            case .closing:
                // It has everything, and nothing that it might still say matters.
                guard connection.isFinished else { break }
                loop.close(connection.socket)
                forget(connection)
            }
        }
        if connections.count == 0 { loop.stop() }
        loop.schedule(timer(.drainDeadline), afterNanoseconds: configuration.drainTimeoutNanoseconds)
    }
}
