import Recording
import Transport
import WebSocketWire

/// Requests that make messages: broadcasts, messages for one client, and questions to the AI service.
extension ServerLoop {
    func publish(
        _ route: Route, _ request: HTTPRequest, _ connection: Connection, _ exchange: HTTPExchange
    ) throws(ValidationFailure) {
        let now = WallClock.millisecondsSinceEpoch()
        switch route {
        case .gesture:
            let message = try GestureMessage.serialize(body: request.body, nowMilliseconds: now)
            guard broadcast(message, to: .subscribed(to: .gesture), .success(connection), exchange) else { return }
            log.debug("\(LogLines.gestureBroadcast(clients: shared.clients.subscriberCount(.gesture)))")
        case .system:
            let message = try SystemMessage.serialize(body: request.body, nowMilliseconds: now)
            broadcast(message, to: .subscribed(to: .system), .success(connection), exchange)
        case .error:
            let message = try ErrorMessage.serialize(body: request.body, nowMilliseconds: now)
            broadcast(message, to: .everySubscription, .success(connection), exchange)
        case .inference:
            try infer(request, connection, exchange)
        case .clientMessage(let id):
            send(try TargetedMessage.serialize(body: request.body), to: id, connection, exchange)
        case .about, .health, .metrics, .prometheus, .profile, .clients:
            break
        }
    }

    /// False where it is refused.
    @discardableResult
    private func broadcast(
        _ message: [UInt8], to streams: StreamSet, _ answer: PendingAnswer, _ exchange: HTTPExchange
    ) -> Bool {
        if let refusal = tooLarge(message) {
            complete(answer.connection, exchange, refusal)
            return false
        }
        exchange.awaitsAnswer = true
        message.withUnsafeBytes { fanOut.broadcast(.text, $0, to: streams, answer: answer) }
        return true
    }

    /// Clients may hold us to the limit that we hold them to.
    private func tooLarge(_ message: [UInt8]) -> HTTPAnswer? {
        let most = configuration.maximumMessageBytes
        return message.count <= most ? nil : .failure(413, "the message would be larger than \(most) bytes")
    }

    // MARK: For one client

    private func send(
        _ message: [UInt8], to id: ClientID, _ connection: Connection, _ exchange: HTTPExchange
    ) {
        if let refusal = tooLarge(message) { return respond(connection, exchange, refusal) }
        guard id.loop < colleagues.count else { return respond(connection, exchange, .clientGone(id)) }
        let ticket = park(connection, exchange) { [unowned self] (delivery: TargetedDelivery) in
            complete(connection, exchange, answer(delivery, id, connection))
        }
        guard let ticket else { return }
        colleagues[id.loop].ask({ $0.deliver(message, to: id) }, then: ticket.redeem)
    }

    private func answer(_ delivery: TargetedDelivery, _ id: ClientID, _ connection: Connection) -> HTTPAnswer {
        let success = PendingAnswer.success(connection)
        return switch delivery {
        case .queued: HTTPAnswer(200, success.body(recipients: 1))
        case .leftOut: HTTPAnswer(200, success.body(recipients: 0))
        case .gone: .clientGone(id)
        }
    }

    /// What is for one client alone counts against the same limit as its stream: it lies in memory until it is taken.
    func deliver(_ message: [UInt8], to id: ClientID) -> TargetedDelivery {
        guard let connection = connections[SocketID(index: id.slot)], connection.clientID == id,
            !connection.isClosing
        else { return .gone }
        if fanOut.ownBytes(connection) + message.count > configuration.backlogBytes {
            switch configuration.slowClientPolicy {
            case .disconnect:
                disconnectSlowClient(connection)
                return .gone
            case .skip:
                fanOut.leaveOutMessage(connection)
                return .leftOut
            }
        }
        say(connection, message)
        return .queued
    }

    // MARK: The AI service

    private func infer(
        _ request: HTTPRequest, _ connection: Connection, _ exchange: HTTPExchange
    ) throws(ValidationFailure) {
        let asked = try AIRequest(parsing: request.body)
        guard let service = shared.artificialIntelligence else {
            let answer = BuiltInResponder.respond(
                to: asked.query, nowMilliseconds: WallClock.millisecondsSinceEpoch())
            return broadcast(answer, connection, exchange, isOfService: false)
        }
        let ticket = park(connection, exchange) { [unowned self] (result: Result<OllamaCall.Answer, AIFailure>) in
            switch result {
            case .success(let answer):
                broadcast(AIResponse(to: asked.query, answer), connection, exchange, isOfService: true)
            case .failure(let failure): report(failure, connection, exchange)
            }
        }
        guard let ticket else { return }
        let call = service.infer(query: asked.query, contextJSON: asked.contextJSON, then: ticket.redeem)
        guard let call else { return }
        expectResult(of: ticket.number, from: call, within: service.timeoutNanoseconds)
    }

    private func broadcast(
        _ answer: AIResponse, _ connection: Connection, _ exchange: HTTPExchange, isOfService: Bool
    ) {
        let data = answer.serializedData()
        let message = AIResponse.message(data: data)
        let most = configuration.maximumMessageBytes
        // Whoever asked is not to blame for what the service makes of it.
        if isOfService, message.count > most { return report(.tooLarge(limitBytes: most), connection, exchange) }
        let isAccepted = broadcast(
            message, to: .subscribed(to: .aiResponse),
            PendingAnswer(connection: connection, prefix: data, suffix: nil), exchange)
        guard isAccepted else { return }
        log.debug("\(LogLines.aiResponseSent(clients: shared.clients.subscriberCount(.aiResponse)))")
    }

    /// Tells the one who asked, and all clients where the service is at fault.
    private func report(_ failure: AIFailure, _ connection: Connection, _ exchange: HTTPExchange) {
        if failure.isFault {
            log.warning("AI service: \(failure.details)")
            let message = ServerMessage.error(
                "AI service unavailable", code: ErrorMessage.Code.artificialIntelligence.rawValue,
                details: failure.details, timestampMilliseconds: WallClock.millisecondsSinceEpoch())
            message.withUnsafeBytes { fanOut.broadcast(.text, $0, to: .everySubscription, isAccepted: false) }
        }
        complete(connection, exchange, .artificialIntelligence(failure))
    }
}
