/// A complete HTTP/1 request.
package struct HTTPRequest: Equatable, Sendable {
    package var method: String
    /// The target's path as sent (not percent-decoded), without the query; `*` for the asterisk form.
    package var path: String
    /// What stands behind the first `?`, as sent; nil without one.
    package var query: String?
    /// The x of HTTP/1.x.
    package var minorVersion: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]

    package init(
        method: String, path: String, query: String? = nil, minorVersion: Int = 1,
        headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.minorVersion = minorVersion
        self.headers = headers
        self.body = body
    }

    /// Whether the client keeps the connection open for further requests (RFC 9112 §9.3).
    package var keepsAlive: Bool {
        if headers.containsToken("close", in: "Connection") { return false }
        return minorVersion >= 1 || headers.containsToken("keep-alive", in: "Connection")
    }

    /// Whether the client asks for WebSocket; `ServerUpgrade.validate` tells whether it does so correctly.
    package var isUpgradeRequest: Bool {
        headers.containsToken("websocket", in: "Upgrade")
    }
}
