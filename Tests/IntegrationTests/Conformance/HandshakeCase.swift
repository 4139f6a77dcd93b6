/// A request to open a connection, and how the server has to answer it (RFC 6455 §4.2).
struct HandshakeCase: Sendable {
    let sentence: String
    let request: String
    let status: String
    /// Fields that the answer has, once each.
    let fields: [String: String]
    let absentFields: [String]

    /// - Parameters:
    ///   - requestLine: without the line's end.
    ///   - changes: lines of the request with other lines to stand for them; none to leave the line out.
    ///   - added: further lines.
    init(
        _ sentence: String, _ status: String, requestLine: String = "GET /echo HTTP/1.1",
        changes: [String: [String]] = [:], added: [String] = [], fields: [String: String] = [:],
        absentFields: [String] = []
    ) {
        let fieldLines = Self.lines.flatMap { line in changes[line] ?? [line] }
        let allLines = [requestLine] + fieldLines + added
        self.sentence = sentence
        self.status = status
        request = allLines.joined(separator: "\r\n") + "\r\n\r\n"
        self.fields = fields
        self.absentFields = absentFields
    }

    static let host = "Host: localhost"
    static let upgrade = "Upgrade: websocket"
    static let connection = "Connection: Upgrade"
    /// That of RFC 6455 §1.3.
    static let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    static let version = "Sec-WebSocket-Version: 13"

    private static let lines = [host, upgrade, connection, key, version]
}
