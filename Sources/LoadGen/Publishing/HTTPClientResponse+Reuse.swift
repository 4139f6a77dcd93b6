import WebSocketWire

extension HTTPClientResponse {
    /// Whether another request may follow on the connection (RFC 9112 §9.3): the server does not close it, and where
    /// the body ended is known. Without either framing field it ends with the connection (§6.3).
    var leavesConnectionUsable: Bool {
        if headers.containsToken("close", in: "Connection") { return false }
        let hasNoBody = status == 204 || status == 304
        return hasNoBody || headers.first("Content-Length") != nil || headers.first("Transfer-Encoding") != nil
    }
}
