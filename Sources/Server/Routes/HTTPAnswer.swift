import WebSocketWire

/// What an HTTP request is answered with.
struct HTTPAnswer: Error {
    var status: Int
    var contentType: String
    var body: [UInt8]
    var headers = HTTPHeaders()

    init(_ status: Int, contentType: String = "application/json", _ body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    static func failure(_ status: Int, _ details: String) -> HTTPAnswer {
        problem(status, code: nil, details)
    }

    static func validation(_ failure: ValidationFailure) -> HTTPAnswer {
        problem(400, code: "VALIDATION_ERROR", failure.description)
    }

    /// RFC 6750 §3.
    static var unauthorized: HTTPAnswer {
        var answer = failure(401, "expected Authorization: Bearer with a token that this server accepts")
        answer.headers.add("WWW-Authenticate", #"Bearer realm="broadside""#)
        return answer
    }

    static var foreignOrigin: HTTPAnswer { failure(403, "Origin: this page may not use this server") }

    static var upgradeWithBody: HTTPAnswer { failure(400, "a request to upgrade has no body") }

    static func clientGone(_ id: ClientID) -> HTTPAnswer { failure(404, "there is no client \(id)") }

    static func artificialIntelligence(_ failure: AIFailure) -> HTTPAnswer {
        var answer = problem(
            failure.statusCode, code: ErrorMessage.Code.artificialIntelligence.rawValue, failure.details)
        if !failure.isFault { answer.headers.add("Retry-After", "1") }
        return answer
    }

    static var goingDown: HTTPAnswer { failure(503, "the server is going down") }

    static func notFound(_ path: String) -> HTTPAnswer { failure(404, "there is nothing at \(path.prefix(200))") }

    /// RFC 9110 §15.5.22.
    static func upgradeRequired(_ path: String) -> HTTPAnswer {
        var answer = failure(426, "\(path) speaks WebSocket only")
        answer.headers.add("Upgrade", "websocket")
        answer.headers.add("Connection", "Upgrade")
        return answer
    }

    private static func problem(_ status: Int, code: String?, _ details: String) -> HTTPAnswer {
        var json = JSONWriter()
        json.object { json in
            json.field("error", HTTPResponse.reasonPhrase(status))
            if let code { json.field("code", code) }
            json.field("details", details)
        }
        return HTTPAnswer(status, json.bytes)
    }

    /// The page for people who open the server's address in a browser.
    static func about(relay: Bool) -> HTTPAnswer {
        let endpoints = relay ? "WebSocket on /, /relay and /echo" : "WebSocket on /"
        let text =
            "Broadside, a WebSocket broadcast server: \(endpoints), health on /healthz, figures on /api/metrics.\n"
        return HTTPAnswer(200, contentType: "text/plain; charset=utf-8", Array(text.utf8))
    }

    var response: HTTPResponse {
        var fields = headers
        fields.add("Content-Type", contentType)
        return HTTPResponse(status: status, headers: fields, body: body)
    }
}
