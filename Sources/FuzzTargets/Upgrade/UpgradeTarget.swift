import Server
import WebSocketWire

/// Requests that ask for WebSocket: what is agreed to is something that our own client takes, and nobody is let in who
/// did not show a token or come from an allowed page.
enum UpgradeTarget {
    /// An answer may repeat what a head of the default size has in it, and grows where that was no UTF-8.
    private static let answerLimits = HTTPLimits(headBytes: 1 << 16)
    private static let token = "sesame"
    private static let allowedHosts = ["example.com", "localhost", "null"]

    private static let policy: Result<AccessPolicy, FuzzFinding> = {
        let allowed = ["https://example.com", "http://localhost:8080", "null"]
        guard let tokens = try? TokenSet(parsing: Array(Self.token.utf8)),
            let origins = try? allowed.map({ try AllowedOrigin(parsing: $0) })
        else { return .failure(FuzzFinding("the target's own policy is not accepted")) }
        return .success(AccessPolicy(tokens: tokens, allowedOrigins: origins))
    }()

    static func check(_ bytes: [UInt8]) throws(FuzzFinding) {
        let transcript = try HTTPTranscript<HTTPRequestParser>([bytes], limits: HTTPLimits())
        for request in transcript.messages {
            try checkAccess(request.headers)
            for origin in request.headers.all("Origin") { try checkOrigin(origin) }
            if let upgrade = try? ServerUpgrade.validate(request) { try checkAnswer(upgrade) }
        }
    }

    private static func checkAccess(_ headers: HTTPHeaders) throws(FuzzFinding) {
        let policy = try Self.policy.get()
        let values = headers.map(\.value)
        if policy.allowsHTTP(headers) || policy.allowsWebSocket(headers) {
            guard values.contains(where: { $0.contains(token) }) else {
                throw FuzzFinding("expected nobody to be let in without a token, found \(values)")
            }
        }
        guard policy.allowsWebSocket(headers) || !policy.allowsHTTP(headers) else {
            throw FuzzFinding("expected WebSocket to take every token that HTTP takes, found \(values)")
        }
        guard policy.allowsOrigin(headers), let origin = headers.first("Origin")?.lowercased() else { return }
        guard allowedHosts.contains(where: { origin.contains($0) }) else {
            throw FuzzFinding("expected an allowed origin, found \(origin)")
        }
    }

    /// What an origin is written as is the same origin.
    private static func checkOrigin(_ text: String) throws(FuzzFinding) {
        guard let origin = try? AllowedOrigin(parsing: text) else { return }
        let again = try? AllowedOrigin(parsing: origin.description)
        guard again == origin else {
            throw FuzzFinding("expected \(origin) to mean itself, found \(String(describing: again))")
        }
    }

    /// The answer has the fields that it should and no others, and a client accepts its extensions.
    private static func checkAnswer(_ upgrade: ServerUpgrade) throws(FuzzFinding) {
        let agreement = DeflateAgreement.accept(upgrade.offeredExtensions)
        let subprotocol = upgrade.offeredSubprotocols.first
        let bytes = upgrade.response(subprotocol: subprotocol, extensions: agreement?.answer)
        let transcript = try HTTPTranscript<HTTPResponseParser>([bytes], limits: answerLimits)
        guard transcript.violation == nil, !transcript.isWithinMessage, transcript.messages.count == 1,
            let response = transcript.messages.first, response.status == 101
        else { throw FuzzFinding("expected one response with the status 101, found \(transcript)") }
        let headers = response.headers
        let fields = 3 + (subprotocol == nil ? 0 : 1) + (agreement == nil ? 0 : 1)
        guard headers.count == fields, headers.first("Sec-WebSocket-Accept") == upgrade.acceptKey,
            headers.first("Sec-WebSocket-Protocol") == subprotocol
        else { throw FuzzFinding("expected \(fields) fields that answer the request, found \(headers)") }
        guard let agreement else { return }
        let agreed = try? DeflateAgreement.agreed(inAnswer: headers.elements(of: "Sec-WebSocket-Extensions"))
        guard agreed == agreement.parameters else {
            throw FuzzFinding("expected \(agreement.parameters) to be agreed on, found \(String(describing: agreed))")
        }
    }
}
