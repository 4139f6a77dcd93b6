import WebSocketWire

/// An http or https URL that messages are posted to.
///
/// But for its scheme it is what a WebSocket URL is (RFC 6455 §3): the same parts, the same default ports.
package struct PublishURL: Equatable, Sendable {
    /// `ws` stands for `http`, `wss` for `https`.
    private let endpoint: WebSocketURL

    /// Parses `http://host[:port][/path][?query]`, or the same with `https`.
    package init(_ text: String) throws(PublishURLError) {
        guard let end = text.firstRange(of: "://")?.upperBound else { throw .badScheme }
        let scheme = String(text[..<end])
        let webSocketScheme: String
        if scheme.equalsIgnoringASCIICase("http://") {
            webSocketScheme = "ws://"
        } else if scheme.equalsIgnoringASCIICase("https://") {
            webSocketScheme = "wss://"
        } else {
            throw .badScheme
        }
        do throws(WebSocketURLError) {
            endpoint = try WebSocketURL(webSocketScheme + text[end...])
        } catch {
            if error == .fragment { throw PublishURLError.fragment }
            throw PublishURLError.malformed(error)
        }
    }

    package var isSecure: Bool { endpoint.isSecure }
    /// A name or an address; IPv6 without its brackets.
    package var host: String { endpoint.host }
    package var port: UInt16 { endpoint.port }
    /// The request target: the path with the query, at least `/`.
    package var path: String { endpoint.path }
    /// What the Host field says: the port only where it is not the scheme's default.
    package var authority: String { endpoint.authority }
    /// As it was given, but for a default port.
    package var text: String { "\(isSecure ? "https" : "http")://\(authority)\(path)" }
}
