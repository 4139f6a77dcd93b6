import Logging
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
            let wasUnderWay = exchange.parser.hasBegun
            let request = try exchange.parser.next(in: bytes, at: &offset)
            count(exchange)
            guard let request else {
                // Of a newcomer's first request all of it is waited for since it was accepted.
                if !wasUnderWay, !connection.isNewcomer { exchange.waitingSince = loop.now }
                guard bufferedRequestBytes > Self.bufferedRequestLimitBytes else {
                    return judgeHead(connection, exchange)
                }
                figures.tookIn()
                exchange.keepsAlive = false
                return respond(connection, exchange, .failure(503, "too many requests are half sent"))
            }
            newcomers.remove(connection)
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

    /// A request's body is taken in where its head gives no reason to refuse it. Else it is answered at once, and what
    /// comes of its body is thrown away until the client has closed (RFC 9112 §9.6). A client that waits for permission
    /// to send its body is told that it may (RFC 9110 §10.1.1).
    private func judgeHead(_ connection: Connection, _ exchange: HTTPExchange) {
        guard !exchange.hasJudgedHead, let head = exchange.parser.headUnderWay else { return }
        exchange.hasJudgedHead = true
        if let refusal = refusal(of: head) {
            figures.tookIn()
            exchange.isHEAD = head.method == "HEAD"
            exchange.keepsAlive = false
            return respond(connection, exchange, refusal)
        }
        guard exchange.parser.expectsContinue else { return }
        fanOut.say(connection, bytes: HTTPResponse(status: 100).serialized(keepAlive: true))
    }

    /// The answer to a request that its head alone calls for; nil where it depends on more.
    private func refusal(of head: HTTPRequest) -> HTTPAnswer? {
        guard configuration.access.allowsOrigin(head.headers) else { return .foreignOrigin }
        if head.isUpgradeRequest { return .upgradeWithBody }
        guard case .failure(let answer) = route(of: head) else { return nil }
        return answer
    }

    /// Where a request goes, if it may. Strangers are told of nothing but what is open to them.
    private func route(of request: HTTPRequest) -> Result<Route, HTTPAnswer> {
        let found = Route.find(method: request.method, path: request.path)
        if case .success(let route) = found, route.isPublic { return found }
        guard configuration.access.allowsHTTP(request.headers) else { return .failure(.unauthorized) }
        switch found {
        case .failure(let answer):
            return .failure(endpoint(of: request.path) == nil ? answer : .upgradeRequired(request.path))
        case .success(let route):
            guard !route.takesJSON || request.hasJSONBody else {
                return .failure(.failure(415, "Content-Type: expected application/json"))
            }
            return found
        }
    }

    private func handle(_ request: HTTPRequest, _ connection: Connection, _ exchange: HTTPExchange) {
        exchange.hasJudgedHead = false
        exchange.isHEAD = request.method == "HEAD"
        exchange.keepsAlive = request.keepsAlive && !isDraining
        exchange.requestedAt = loop.now
        guard configuration.access.allowsOrigin(request.headers) else {
            exchange.keepsAlive = false
            return respond(connection, exchange, .foreignOrigin)
        }
        if request.isUpgradeRequest { return upgrade(request, connection, exchange) }
        switch route(of: request) {
        case .failure(let refusal): respond(connection, exchange, refusal)
        case .success(let route): handle(route, request, connection, exchange)
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
        if answer.status >= 400 { noteRefusal(of: connection, status: answer.status) }
        recordTime(of: exchange)
        exchange.waitingSince = loop.now
        var response = answer.response
        response.headers.add("Date", WallClock.httpDate())
        fanOut.say(
            connection, bytes: response.serialized(keepAlive: exchange.keepsAlive, answersHEAD: exchange.isHEAD))
        exchange.isHEAD = false
        guard exchange.keepsAlive else { return close(connection) }
        closeIfAnswered(connection, exchange)
    }

    /// Counts it, and tells whom: at a level that is mostly shown where somebody has no right or no place to be here.
    func noteRefusal(of connection: Connection, status: Int) {
        figures.refuse()
        let level: Logger.Level = [401, 403, 503].contains(status) ? .info : .debug
        guard log.logLevel <= level else { return }
        let host = loop.peerAddress(of: connection.socket).host
        log.log(level: level, "\(LogLines.refused(host, "\(status) \(HTTPResponse.reasonPhrase(status))"))")
    }

    /// What was no complete request took no time to answer.
    func recordTime(of exchange: HTTPExchange) {
        guard let requestedAt = exchange.requestedAt else { return }
        exchange.requestedAt = nil
        figures.requestTime.record(nanoseconds: UInt64(max(0, MonotonicInstant.now() - requestedAt)))
    }
}
