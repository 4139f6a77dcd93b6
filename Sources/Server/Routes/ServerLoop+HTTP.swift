import Recording
import WebSocketWire

/// HTTP on the same port: requests to answer, and the upgrade to WebSocket.
extension ServerLoop {
    func receiveHTTP(
        _ connection: Connection, _ exchange: HTTPExchange, _ bytes: UnsafeRawBufferPointer, _ offset: inout Int
    ) {
        do throws(HTTPViolation) {
            guard let request = try exchange.parser.next(in: bytes, at: &offset) else {
                return inviteBody(connection, exchange)
            }
            exchange.waitingSince = loop.now
            figures.tookIn()
            handle(request, connection, exchange)
        } catch {
            figures.tookIn()
            exchange.keepsAlive = false
            respond(connection, exchange, .failure(error.statusCode, error.details))
            offset = bytes.count
        }
    }

    /// Tells a client that waits for permission to send its body that it may (RFC 9110 §10.1.1).
    private func inviteBody(_ connection: Connection, _ exchange: HTTPExchange) {
        guard exchange.parser.expectsContinue, !exchange.hasInvitedBody else { return }
        exchange.hasInvitedBody = true
        connection.outbound.append(HTTPResponse(status: 100).serialized(keepAlive: true))
        fanOut.touch(connection)
    }

    private func handle(_ request: HTTPRequest, _ connection: Connection, _ exchange: HTTPExchange) {
        exchange.hasInvitedBody = false
        exchange.isHEAD = request.method == "HEAD"
        exchange.keepsAlive = request.keepsAlive && !isDraining
        if request.isUpgradeRequest { return upgrade(request, connection, exchange) }
        switch Route.find(method: request.method, path: request.path) {
        case .failure(let response):
            respond(connection, exchange, response)
        case .success(let route):
            if route.takesJSON, !request.hasJSONBody {
                return respond(
                    connection, exchange, .failure(415, "Content-Type: expected application/json"))
            }
            handle(route, request, connection, exchange)
        }
    }

    private func handle(
        _ route: Route, _ request: HTTPRequest, _ connection: Connection, _ exchange: HTTPExchange
    ) {
        switch route {
        case .health:
            respond(connection, exchange, HTTPAnswer(200, contentType: "text/plain; charset=utf-8", Array("ok\n".utf8)))
        case .about:
            respond(connection, exchange, .about(relay: configuration.servesRelay))
        case .metrics:
            let metrics = ServerMetrics(shared, now: loop.now)
            survey(detailed: false, connection, exchange) { HTTPAnswer(200, metrics.serialized(loops: $0)) }
        case .profile:
            survey(detailed: true, connection, exchange) { HTTPAnswer(200, LoopReports(loops: $0).serialized()) }
        case .gesture:
            validated(connection, exchange) { () throws(ValidationFailure) in
                try processGesture(request, connection, exchange)
            }
        case .inference:
            validated(connection, exchange) { () throws(ValidationFailure) in
                try infer(request, connection, exchange)
            }
        }
    }

    private func validated(
        _ connection: Connection, _ exchange: HTTPExchange, _ body: () throws(ValidationFailure) -> Void
    ) {
        do throws(ValidationFailure) {
            try body()
        } catch {
            respond(connection, exchange, .validation(error))
        }
    }

    private func processGesture(
        _ request: HTTPRequest, _ connection: Connection, _ exchange: HTTPExchange
    ) throws(ValidationFailure) {
        let nowMilliseconds = WallClock.millisecondsSinceEpoch()
        let message = try GestureMessage.serialize(body: request.body, nowMilliseconds: nowMilliseconds)
        let answer = PendingAnswer(
            connection: connection, prefix: Array(#"{"success":true,"clients":"#.utf8), suffix: Array("}".utf8))
        broadcast(message, to: .subscribed(to: .gesture), answer, exchange)
        log.debug("Broadcast gesture to \(shared.clients.subscriberCount(.gesture)) clients")
    }

    private func infer(
        _ request: HTTPRequest, _ connection: Connection, _ exchange: HTTPExchange
    ) throws(ValidationFailure) {
        let asked = try JSONBody.decode(AIRequest.self, from: request.body)
        let data = BuiltInResponder.respond(
            to: asked.query, nowMilliseconds: WallClock.millisecondsSinceEpoch()
        ).serializedData()
        let answer = PendingAnswer(connection: connection, prefix: data, suffix: nil)
        broadcast(AIResponse.message(data: data), to: .subscribed(to: .aiResponse), answer, exchange)
        log.debug("AI response sent to \(shared.clients.subscriberCount(.aiResponse)) clients")
    }

    private func broadcast(
        _ message: [UInt8], to streams: StreamSet, _ answer: PendingAnswer, _ exchange: HTTPExchange
    ) {
        // Clients may hold us to the same limit.
        guard message.count <= configuration.maximumMessageBytes else {
            let most = configuration.maximumMessageBytes
            return respond(
                answer.connection, exchange, .failure(413, "the message would be larger than \(most) bytes"))
        }
        exchange.awaitsAnswer = true
        message.withUnsafeBytes { fanOut.broadcast(.text, $0, to: streams, answer: answer) }
    }

    /// The broadcast of an HTTP request has its place in the order: the number of its recipients is known.
    func answerBroadcast(_ pending: PendingAnswer, recipients: Int) {
        guard case .http(let exchange) = pending.connection.phase else { return }
        complete(pending.connection, exchange, HTTPAnswer(200, pending.body(recipients: recipients)))
    }

    /// Answers a request that had to wait, and takes up what came in behind it.
    func complete(_ connection: Connection, _ exchange: HTTPExchange, _ answer: HTTPAnswer) {
        guard !connection.isGone, case .http = connection.phase else { return }
        exchange.awaitsAnswer = false
        respond(connection, exchange, answer)
        guard !exchange.stash.isEmpty, !connection.isClosing else { return }
        var rest = exchange.stash
        exchange.stash = []
        rest.withUnsafeMutableBytes { receive(connection, $0) }
    }

    func respond(_ connection: Connection, _ exchange: HTTPExchange, _ answer: HTTPAnswer) {
        if answer.status >= 400 { figures.refuse() }
        exchange.waitingSince = loop.now
        connection.outbound.append(
            answer.response.serialized(keepAlive: exchange.keepsAlive, answersHEAD: exchange.isHEAD))
        exchange.isHEAD = false
        if !exchange.keepsAlive { close(connection) } else { fanOut.touch(connection) }
    }

    // MARK: Upgrade

    private func upgrade(_ request: HTTPRequest, _ connection: Connection, _ exchange: HTTPExchange) {
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
        guard connection.socket.index < shared.clients.shards[index].capacity, admitClient() else {
            exchange.keepsAlive = false
            let most = configuration.maximumClients
            return respond(connection, exchange, .failure(503, "all \(most) places for clients are taken"))
        }
        // A browser fails the connection where it offered subprotocols and none is chosen.
        connection.outbound.append(upgrade.response(subprotocol: upgrade.offeredSubprotocols.first))
        connection.phase = .webSocket(endpoint)
        join(connection, endpoint)
    }

    private func endpoint(of path: String) -> Endpoint? {
        switch path {
        case "/": .messages
        case "/relay": configuration.servesRelay ? .relay : nil
        case "/echo": configuration.servesRelay ? .echo : nil
        default: nil
        }
    }

    private func admitClient() -> Bool {
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
        fanOut.touch(connection)
        announceConnectionCount()
        if log.logLevel <= .info {
            log.info("Client connected: \(id) from \(loop.peerAddress(of: connection.socket).host)")
        }
    }
}
