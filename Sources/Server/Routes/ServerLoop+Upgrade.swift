import WebSocketWire

/// The upgrade to WebSocket, and who is let in.
extension ServerLoop {
    func upgrade(_ request: HTTPRequest, _ connection: Connection, _ exchange: HTTPExchange) {
        guard request.body.isEmpty else {
            exchange.keepsAlive = false
            return respond(connection, exchange, .upgradeWithBody)
        }
        guard let endpoint = endpoint(of: request.path) else {
            return respond(connection, exchange, .notFound(request.path))
        }
        let upgrade: ServerUpgrade
        do throws(UpgradeRefusal) {
            upgrade = try ServerUpgrade.validate(request)
        } catch {
            exchange.keepsAlive = false
            var answer = HTTPAnswer.failure(error.statusCode, error.details)
            answer.headers = error.headers
            return respond(connection, exchange, answer)
        }
        let isAuthorized = configuration.access.allowsWebSocket(request.headers)
        guard !isAuthorized || hasPlace(for: connection) else {
            exchange.keepsAlive = false
            let most = configuration.maximumClients
            return respond(connection, exchange, .failure(503, "all \(most) places for clients are taken"))
        }
        recordTime(of: exchange)
        let agreement = configuration.compresses ? DeflateAgreement.accept(upgrade.offeredExtensions) : nil
        if let agreement {
            connection.coding = FrameCoding(windowBits: agreement.parameters.serverMaximumWindowBits)
        }
        // A browser fails the connection where it offered subprotocols and none is chosen: it would not see the close.
        fanOut.say(
            connection,
            bytes: upgrade.response(
                subprotocol: upgrade.offeredSubprotocols.first.flatMap { HTTPGrammar.isToken($0.utf8) ? $0 : nil },
                extensions: agreement?.answer))
        turn(connection, into: .webSocket(endpoint))
        connection.isUpgraded = true
        guard isAuthorized else {
            noteRefusal(of: connection, status: 401)
            return close(connection, code: .policyViolation, reason: "Unauthorized")
        }
        join(connection, endpoint)
    }

    func endpoint(of path: String) -> Endpoint? {
        switch path {
        case Endpoint.messages.path: .messages
        case Endpoint.relay.path: configuration.servesRelay ? .relay : nil
        case Endpoint.echo.path: configuration.servesRelay ? .echo : nil
        default: nil
        }
    }

    /// Takes one of the places for clients, if there is one.
    private func hasPlace(for connection: Connection) -> Bool {
        guard connection.socket.index < shared.clients.shards[index].capacity else { return false }
        let admitted = shared.admittedClients.add(1, ordering: .relaxed).newValue
        if admitted <= configuration.maximumClients { return true }
        shared.admittedClients.subtract(1, ordering: .relaxed)
        return false
    }

    private func join(_ connection: Connection, _ endpoint: Endpoint) {
        let shard = shared.clients.shards[index]
        let id = shard.join(connection.socket.index)
        connection.clientID = id
        connection.lastPingAt = loop.now
        if configuration.rateLimit != nil { connection.pace = ClientPace() }
        expect(connection, within: configuration.heartbeatIntervalNanoseconds)
        switch endpoint {
        case .messages:
            connection.channels = .initial
            shard.subscribe(connection.socket.index, .initial)
            fanOut.move(connection, to: StreamID(.initial))
        case .relay:
            fanOut.move(connection, to: .relay)
        case .echo:
            break
        }
        announceConnectionCount()
        if log.logLevel <= .info {
            log.info("\(LogLines.connected(id, host: loop.peerAddress(of: connection.socket).host))")
        }
    }
}
