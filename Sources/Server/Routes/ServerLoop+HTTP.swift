import Recording
import WebSocketWire

/// HTTP on the same port: requests to answer, and the upgrade to WebSocket.
extension ServerLoop {
    /// What one loop keeps of requests that have not come whole. Those that do come whole, in one read, are not counted
    /// among them: they are served as ever when somebody uses this up.
    private static let bufferedRequestLimitBytes = 64 << 20

    func receiveHTTP(
        _ connection: Connection, _ exchange: HTTPExchange, _ bytes: UnsafeRawBufferPointer, _ offset: inout Int
    ) {
        do throws(HTTPViolation) {
            let request = try exchange.parser.next(in: bytes, at: &offset)
            count(exchange)
            guard let request else {
                guard bufferedRequestBytes > Self.bufferedRequestLimitBytes else {
                    return inviteBody(connection, exchange)
                }
                figures.tookIn()
                exchange.keepsAlive = false
                return respond(connection, exchange, .failure(503, "too many requests are half sent"))
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

    private func count(_ exchange: HTTPExchange) {
        let bytes = exchange.parser.bufferedBytes
        bufferedRequestBytes += bytes - exchange.bufferedBytes
        exchange.bufferedBytes = bytes
    }

    /// Tells a client that waits for permission to send its body that it may (RFC 9110 §10.1.1).
    private func inviteBody(_ connection: Connection, _ exchange: HTTPExchange) {
        guard exchange.parser.expectsContinue, !exchange.hasInvitedBody else { return }
        exchange.hasInvitedBody = true
        fanOut.say(connection, bytes: HTTPResponse(status: 100).serialized(keepAlive: true))
    }

    private func handle(_ request: HTTPRequest, _ connection: Connection, _ exchange: HTTPExchange) {
        exchange.hasInvitedBody = false
        exchange.isHEAD = request.method == "HEAD"
        exchange.keepsAlive = request.keepsAlive && !isDraining
        exchange.requestedAt = loop.now
        guard configuration.access.allowsOrigin(request.headers) else {
            exchange.keepsAlive = false
            return respond(connection, exchange, .failure(403, "Origin: this page may not use this server"))
        }
        if request.isUpgradeRequest { return upgrade(request, connection, exchange) }
        switch Route.find(method: request.method, path: request.path) {
        case .failure(let response):
            respond(connection, exchange, response)
        case .success(let route):
            guard route.isPublic || configuration.access.allowsHTTP(request.headers) else {
                return respond(connection, exchange, .unauthorized)
            }
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
            survey(connection, exchange, { $0.report(detailed: false) }) {
                HTTPAnswer(200, metrics.serialized(loops: $0))
            }
        case .prometheus:
            let metrics = ServerMetrics(shared, now: loop.now)
            survey(connection, exchange, { $0.report(detailed: false) }) {
                HTTPAnswer(200, contentType: PrometheusWriter.contentType, metrics.exposition(loops: $0))
            }
        case .profile:
            surveyInDetail(connection, exchange)
        case .clients:
            survey(connection, exchange, { $0.describeClients() }) { lists in
                HTTPAnswer(200, ClientList(clients: lists.flatMap { $0 }).serialized())
            }
        case .gesture, .system, .error, .inference, .clientMessage:
            budget.spend(request.body.count)
            do throws(ValidationFailure) {
                try publish(route, request, connection, exchange)
            } catch {
                respond(connection, exchange, .validation(error))
            }
        }
    }

    /// The broadcast of an HTTP request has its place in the order: the number of its recipients is known.
    func answerBroadcast(_ pending: PendingAnswer, recipients: Int) {
        guard case .http(let exchange) = pending.connection.phase else { return }
        complete(pending.connection, exchange, HTTPAnswer(200, pending.body(recipients: recipients)))
    }

    /// Answers a request that had to wait; when the answer has gone out, what came in behind the request is taken up.
    func complete(_ connection: Connection, _ exchange: HTTPExchange, _ answer: HTTPAnswer) {
        guard !connection.isGone, case .http = connection.phase else { return }
        exchange.awaitsAnswer = false
        respond(connection, exchange, answer)
    }

    func respond(_ connection: Connection, _ exchange: HTTPExchange, _ answer: HTTPAnswer) {
        if answer.status >= 400 { figures.refuse() }
        recordTime(of: exchange)
        exchange.waitingSince = loop.now
        fanOut.say(
            connection,
            bytes: answer.response.serialized(keepAlive: exchange.keepsAlive, answersHEAD: exchange.isHEAD))
        exchange.isHEAD = false
        guard exchange.keepsAlive else { return close(connection) }
        closeIfAnswered(connection, exchange)
    }

    /// What was no complete request took no time to answer.
    func recordTime(of exchange: HTTPExchange) {
        guard let requestedAt = exchange.requestedAt else { return }
        exchange.requestedAt = nil
        figures.requestTime.record(nanoseconds: UInt64(max(0, MonotonicInstant.now() - requestedAt)))
    }
}
