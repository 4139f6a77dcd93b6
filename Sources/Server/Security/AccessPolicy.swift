import WebSocketWire

/// Who is let in: by token, and, where a browser tells, by the page that asks.
///
/// A value that never changes while a server runs. What is not configured lets everybody in.
package struct AccessPolicy: Sendable {
    /// Nil: no token is needed.
    package var tokens: TokenSet?
    /// Empty: every origin is allowed.
    package var allowedOrigins: [AllowedOrigin]

    package init(tokens: TokenSet? = nil, allowedOrigins: [AllowedOrigin] = []) {
        self.tokens = tokens
        self.allowedOrigins = allowedOrigins
    }

    /// Whether the page that sent a request may do so (RFC 6455 §10.2). Only browsers tell, and they always do, so a
    /// request without an Origin does not come from a foreign page.
    package func allowsOrigin(_ headers: HTTPHeaders) -> Bool {
        guard !allowedOrigins.isEmpty else { return true }
        let presented = headers.all("Origin")
        guard let only = presented.first else { return true }
        guard presented.count == 1, let origin = try? AllowedOrigin(parsing: only) else { return false }
        return allowedOrigins.contains(origin)
    }

    /// Whether an HTTP request has a token that is accepted, where one is needed.
    package func allowsHTTP(_ headers: HTTPHeaders) -> Bool {
        guard let tokens else { return true }
        guard let bearer = PresentedToken.bearer(headers) else { return false }
        return tokens.accepts(bearer.utf8)
    }

    /// The same for a WebSocket's upgrade, which may carry the token as a subprotocol as well.
    package func allowsWebSocket(_ headers: HTTPHeaders) -> Bool {
        guard let tokens else { return true }
        return allowsHTTP(headers) || PresentedToken.subprotocols(headers).contains { tokens.accepts($0.utf8) }
    }
}
